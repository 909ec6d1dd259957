import type { PayWords } from './pay-words.ts'

const noPrice = 'Ekkert áreiðanlegt verð er til í augnablikinu. Veldu eitthvað annað eða reyndu aftur eftir mínútu.'

export const is: PayWords = {
  title: (shop) => `Greiðsla til ${shop}`,
  choose: 'Með hverju viltu greiða?',
  chooseHint: 'Peningarnir fara úr veskinu þínu beint í veski verslunarinnar. Veldu það sem þú átt.',
  choice: (symbol, chain) => `${symbol} á ${chain}`,
  show: 'Áfram',
  other: 'Greiða með einhverju öðru',
  cancel: 'Hætta við og fara aftur í verslunina',
  back: 'Aftur í verslunina',
  lookAgain: 'Leita að greiðslunni minni',
  nothing:
    'Verslunin tekur ekki við greiðslum úr veskjum í augnablikinu. Farðu aftur í verslunina og veldu aðra greiðsluleið.',
  starting:
    'Prófunarnetin eru ekki komin í gang. Athugaðu aftur eftir nokkrar sekúndur; ef þau geta ekki keyrt á þessari vél segir annáll þjónsins hvers vegna.',
  waiting: 'Beðið eftir greiðslunni þinni.',
  priceEnded:
    'Þetta verð gildir ekki lengur. Veldu aftur til að fá nýja upphæð. Ef þú hefur þegar sent fyrri upphæðina skaltu ekkert gera: hennar er enn leitað.',
  part: (arrived, rest) => `${arrived} eru komin. Enn vantar ${rest}. Sendu afganginn á sama heimilisfang.`,
  confirming: (count, needed) => `${count} af ${needed} staðfestingum`,
  mayLeave: 'Þú þarft ekki að bíða hér: verslunin fær að vita þegar þessu er lokið.',
  holdsFor: 'Þetta verð gildir enn í',
  until: 'Þetta verð gildir til',
  send: {
    title: 'Sendu nákvæmlega þessa upphæð',
    rest: 'Sendu nákvæmlega afganginn',
    amount: 'Upphæð',
    to: 'Til',
    network: 'Net',
    token: 'Samningur myntarinnar',
    copy: (what) => `Afrita: ${what}`,
    warning: (chain, symbol) =>
      `Sendu ${symbol} á ${chain} og ekkert annað. Á öðru neti, eða í annarri mynt, myndu peningarnir tapast.`,
    test: 'Þetta net er prófun sem keyrir aðeins í prófunarumhverfinu. Sendu aldrei alvöru peninga á þetta heimilisfang.',
    exact:
      'Síðustu tölustafirnir greina greiðsluna þína frá öðrum: ekki námunda upphæðina. Kauphöll gæti dregið þóknun sína frá því sem berst.',
    qr: 'Kóði fyrir veskið þitt: net, heimilisfang og upphæð',
    wallet: 'Opna í veski á þessu tæki',
  },
  phone: {
    title: 'Greiða með símanum',
    text: 'Skannaðu kóðann með myndavél símans: sama síða opnast þar.',
    qr: 'Kóði sem opnar þessa síðu í síma',
    open: (app) => `Opna í ${app}`,
  },
  wallets: {
    title: 'Greiða úr veskinu þínu',
    straight: 'Veskið sýnir upphæðina einu sinni enn áður en þú staðfestir.',
  },
  demo: {
    title: 'Sýniveski',
    text: 'Aðeins í prófunarumhverfinu: það greiðir með prófunarpeningum, án viðbótar og án lykils.',
    pay: (amount) => `Greiða ${amount} úr sýniveskinu`,
  },
  stray: (amount) =>
    `${amount} bárust í veski verslunarinnar en ekki var hægt að telja þau með þessari greiðslu: þau komu of seint, tvisvar eða með annarri upphæð. Ekkert er glatað. Hafðu samband við verslunina, sem getur tekið við þeim eða sent þau til baka.`,
  over: (amount) =>
    `Þú sendir ${amount} umfram það sem beðið var um. Það er í veski verslunarinnar: biddu verslunina að senda það til baka.`,
  late: 'Greiðslan þín kom eftir að verðið rann út og var samt samþykkt.',
  returning: 'Þú ferð aftur í verslunina eftir andartak.',
  partKept: (amount) =>
    `${amount} hafa borist og eru í veski verslunarinnar. Biddu verslunina að senda það til baka eða biðja um afganginn.`,
  notices: {
    confirming: {
      title: 'Greiðslan þín er komin',
      text: 'Netið er að staðfesta hana og það tekur andartak. Ekki senda neitt aftur.',
    },
    paid: { title: 'Greitt', text: 'Verslunin hefur fengið greiðsluna þína.' },
    expired: {
      title: 'Þessi beiðni er útrunnin',
      text: 'Ekki senda neitt meira. Biddu verslunina um nýja beiðni. Ef þú hefur þegar sent peningana skaltu bíða: þeirra er enn leitað.',
    },
    cancelled: {
      title: 'Hætt var við þessa beiðni',
      text: 'Ekki senda neitt meira. Biddu verslunina um nýja beiðni.',
    },
    unknown: { title: 'Þessi greiðsla er ekki til', text: 'Athugaðu slóðina eða biddu verslunina um nýjan hlekk.' },
  },
  refused: {
    not_offered: 'Verslunin tekur ekki við þessu. Veldu eitthvað annað.',
    not_open: 'Þessi greiðsla er ekki lengur opin.',
    no_free_amount: 'Of margir eru að greiða núna. Reyndu aftur eftir mínútu eða veldu aðra mynt.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'Sýniveskið gat ekki sent greiðsluna. Reyndu aftur eftir andartak.',
  },
  script: {
    pay: 'Greiða {amount} með {wallet}',
    unnamedWallet: 'veski vafrans',
    noWallet: 'Ekkert veski fannst í þessum vafra. Greiddu með símanum eða sendu upphæðina úr hvaða veski sem er.',
    connecting: 'Leyfðu tenginguna í veskinu þínu.',
    switching: 'Leyfðu veskinu þínu að skipta yfir á {network}.',
    confirm: 'Athugaðu upphæðina og staðfestu í veskinu þínu.',
    sent: 'Sent. Beðið eftir netinu.',
    mined: 'Netið hefur tekið við því. Það birtist hér eftir andartak.',
    replaced:
      'Veskið þitt skipti færslunni út eða hætti við hana. Ef þú flýttir henni birtist hún hér eftir andartak. Ef þú hættir við hana var ekkert greitt og þú getur greitt aftur.',
    reverted: 'Netið hafnaði færslunni og ekkert var greitt. Athugaðu stöðuna og reyndu aftur.',
    copied: 'Afritað',
    changed: 'Upphæðin hefur breyst. Skoðaðu nýju upphæðina og ýttu aftur.',
    busy: 'Síðan náði ekki sambandi við þjóninn. Athugaðu tenginguna og ýttu aftur.',
    rejected: 'Þú hafnaðir þessu í veskinu. Ekkert var sent.',
    pending: 'Í veskinu bíður þegar spurning. Opnaðu veskið og svaraðu henni þar.',
    locked: 'Veskið leyfði þetta ekki. Taktu það úr lás, tengdu reikning og ýttu aftur.',
    offline: 'Veskið hefur ekki samband við {network}. Athugaðu það í veskinu og ýttu aftur.',
    wrongNetwork: 'Veskið er á öðru neti. Skiptu yfir á {network} og ýttu aftur. Ekkert var sent.',
    addByHand: 'Veskið þekkir ekki {network}. Bættu netinu við í stillingum veskisins og ýttu aftur.',
    realNetwork:
      'Veskið er á hinu raunverulega {network} og þetta er prófun: ekkert var sent. Stilltu RPC-slóð þessa nets í veskinu á {rpc}.',
    insufficient:
      'Þessi reikningur á ekki nóg á {network}. Veldu annan reikning í veskinu eða greiddu með einhverju öðru.',
    noFee: 'Þessi reikningur á ekkert {coin} fyrir gjaldi netsins. Bættu svolitlu við eða veldu annan reikning.',
    failed: 'Veskið gat þetta ekki. Það segir: {message}',
  },
}
