import type { RequestWords } from './request-words.ts'

export const is: RequestWords = {
  payTitle: (name) => `Greiða ${name}`,
  donateTitle: (name) => `Framlag til ${name}`,
  intro: 'Féð fer úr veskinu þínu beint í veski viðtakandans. Þú sérð nákvæma upphæð áður en þú sendir nokkuð.',
  amount: 'Upphæð',
  amountHint: 'Til dæmis 25,00',
  currency: 'Gjaldmiðill',
  forWhat: 'Fyrir hvað er greitt?',
  forWhatHint: 'Viðtakandinn sér þetta. Þú mátt hafa það autt.',
  choose: 'Hvernig viltu greiða?',
  choice: (symbol, chain) => `${symbol} á ${chain}`,
  pay: 'Halda áfram að greiðslu',
  donate: 'Halda áfram að framlagi',
  nothing: 'Hér er ekki tekið við greiðslum úr veskjum sem stendur.',
  problems: {
    amount: 'Sláðu inn upphæð, til dæmis 25,00.',
    choice: 'Veldu eitt af þessu.',
    price: 'Ekkert áreiðanlegt verð er til sem stendur. Veldu annað eða reyndu aftur eftir eina mínútu.',
    tooMany: 'Of margar beiðnir á stuttum tíma. Reyndu aftur eftir klukkustund.',
  },
  ask: {
    title: 'Biðja um greiðslu',
    intro: 'Þú færð tengil til að senda einhverjum. Féð fer úr veski viðkomandi beint í þitt.',
    forWhatHint: 'Sá sem greiðir sér þetta. Þú mátt hafa það autt.',
    choose: 'Með hverju má greiða?',
    wallets: 'Beint í veskið þitt',
    signing:
      'Veskið þitt undirritar beiðnina svo að tengillinn vísi á þitt eigið vistfang. Undirritun kostar ekkert og flytur ekkert fé.',
    needsWallet:
      'Til þess þarf veski í vafranum, til dæmis MetaMask. Opnaðu þessa síðu í forriti vesksins þíns ef þú ert í síma.',
    open: (app) => `Opna í ${app}`,
    demo: 'Nota sýniveskið',
    script: {
      create: 'Búa til tengil með {wallet}',
      unnamed: 'þessu veski',
      confirm: 'Veskið þitt biður þig um að undirrita.',
      rejected: 'Þú undirritaðir ekki og því er enginn tengill enn.',
      failed: 'Veskið þitt gat ekki undirritað: {message}',
      busy: 'Ekki næst í þjóninn. Reyndu aftur.',
    },
    readyTitle: 'Tengillinn þinn er tilbúinn',
    ready:
      'Sendu hann þeim sem á að greiða. Hér og á síðu viðkomandi sést þegar greitt hefur verið. Hann gildir í 30 daga.',
    paidTitle: 'Þetta er greitt',
    code: 'Kóði sem opnar greiðsluna í síma',
    copy: 'Afrita texta og tengil',
    copied: 'Afritað',
    mail: 'Tölvupóstur',
    share: (amount, forWhat) =>
      forWhat === '' ? `Gætirðu greitt mér ${amount}?` : `Gætirðu greitt mér ${amount} fyrir „${forWhat}“?`,
    another: 'Biðja um aðra greiðslu',
    problems: {
      unsigned: 'Undirskriftin passar ekki eða er of gömul. Undirritaðu aftur.',
      isShop: 'Verslun fær greitt á þetta vistfang hér. Notaðu annað vistfang eða síður verslunarinnar.',
      full: 'Þessi þjónn tekur ekki við fleiri vistföngum sem stendur.',
    },
  },
}
