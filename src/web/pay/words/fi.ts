import type { PayWords } from './pay-words.ts'

const noPrice = 'Luotettavaa hintaa ei nyt ole. Valitse jotain muuta tai yritä minuutin päästä uudelleen.'

export const fi: PayWords = {
  title: (shop) => `Maksu: ${shop}`,
  choose: 'Millä haluat maksaa?',
  chooseHint: 'Raha siirtyy lompakostasi suoraan kaupan lompakkoon. Valitse se, mitä sinulla on.',
  choice: (symbol, chain) => `${symbol}, verkko ${chain}`,
  show: 'Jatka',
  other: 'Maksa jollain muulla',
  cancel: 'Peruuta ja palaa kauppaan',
  back: 'Takaisin kauppaan',
  lookAgain: 'Etsi maksuni',
  nothing: 'Kauppa ei nyt ota vastaan maksuja lompakoista. Palaa kauppaan ja valitse toinen maksutapa.',
  starting:
    'Testiverkot eivät ole vielä käynnissä. Tarkista muutaman sekunnin päästä uudelleen; jos ne eivät voi toimia tällä koneella, palvelimen loki kertoo syyn.',
  waiting: 'Odotamme maksuasi.',
  priceEnded:
    'Hinta ei ole enää voimassa. Valitse uudelleen, niin saat uuden summan. Jos lähetit jo edellisen, älä tee mitään: sitä etsitään edelleen.',
  part: (arrived, rest) => `${arrived} on saapunut. Vielä puuttuu ${rest}. Lähetä loput samaan osoitteeseen.`,
  confirming: (count, needed) => `${count}/${needed} vahvistusta`,
  mayLeave: 'Sinun ei tarvitse odottaa tässä: kauppa saa tiedon, kun maksu on valmis.',
  holdsFor: 'Hinta on voimassa vielä',
  until: 'Hinta on voimassa asti',
  send: {
    title: 'Lähetä täsmälleen tämä summa',
    rest: 'Lähetä täsmälleen loput',
    amount: 'Summa',
    to: 'Vastaanottaja',
    network: 'Verkko',
    token: 'Tokenin sopimus',
    copy: (what) => `Kopioi: ${what}`,
    warning: (chain, symbol) =>
      `Lähetä vain ${symbol} verkossa ${chain}. Toisessa verkossa tai toisena tokenina raha katoaisi.`,
    test: 'Tämä verkko on testi, joka toimii vain testiympäristössä. Älä koskaan lähetä oikeaa rahaa tähän osoitteeseen.',
    exact:
      'Viimeiset numerot erottavat maksusi muista: älä pyöristä summaa. Pörssi saattaa vähentää palkkionsa siitä, mitä saapuu.',
    qr: 'Koodi lompakollesi: verkko, osoite ja summa',
    wallet: 'Avaa tämän laitteen lompakossa',
  },
  phone: {
    title: 'Maksa puhelimella',
    text: 'Skannaa koodi puhelimesi kameralla: sama sivu avautuu siellä.',
    qr: 'Koodi, joka avaa tämän sivun puhelimessa',
    open: (app) => `Avaa: ${app}`,
  },
  wallets: {
    title: 'Maksa lompakostasi',
    straight: 'Lompakkosi näyttää summan vielä kerran ennen vahvistusta.',
  },
  demo: {
    title: 'Esittelylompakko',
    text: 'Vain testiympäristössä: se maksaa testirahalla ilman laajennusta ja ilman avainta.',
    pay: (amount) => `Maksa ${amount} esittelylompakosta`,
  },
  stray: (amount) =>
    `${amount} saapui kaupan lompakkoon, mutta sitä ei voitu laskea tähän maksuun: se tuli liian myöhään, kahdesti tai väärän suuruisena. Mitään ei ole menetetty. Ota yhteyttä kauppaan, joka voi hyväksyä tai palauttaa sen.`,
  over: (amount) => `Lähetit ${amount} liikaa. Se on kaupan lompakossa: pyydä kauppaa palauttamaan se.`,
  late: 'Maksusi saapui, kun hinta ei enää ollut voimassa, ja se hyväksyttiin silti.',
  returning: 'Palaat hetken päästä kauppaan.',
  partKept: (amount) =>
    `${amount} on saapunut ja on kaupan lompakossa. Pyydä kauppaa palauttamaan se tai tekemään uusi pyyntö lopuista.`,
  notices: {
    confirming: {
      title: 'Maksusi on saapunut',
      text: 'Verkko vahvistaa sitä, mikä kestää hetken. Älä lähetä mitään uudelleen.',
    },
    paid: { title: 'Maksettu', text: 'Kauppa on saanut maksusi.' },
    expired: {
      title: 'Tämä pyyntö on vanhentunut',
      text: 'Älä lähetä enää mitään. Pyydä kaupalta uusi pyyntö. Jos lähetit rahan jo, odota: sitä etsitään edelleen.',
    },
    cancelled: {
      title: 'Tämä pyyntö on peruttu',
      text: 'Älä lähetä enää mitään. Pyydä kaupalta uusi pyyntö.',
    },
    unknown: { title: 'Maksua ei ole', text: 'Tarkista osoite tai pyydä kaupalta uusi linkki.' },
  },
  refused: {
    not_offered: 'Kauppa ei ota tätä vastaan. Valitse jotain muuta.',
    not_open: 'Tämä maksu ei ole enää avoinna.',
    no_free_amount: 'Liian moni maksaa juuri nyt. Yritä minuutin päästä uudelleen tai valitse toinen token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'Esittelylompakko ei voinut lähettää sitä. Yritä hetken päästä uudelleen.',
  },
  script: {
    pay: 'Maksa {amount}: {wallet}',
    unnamedWallet: 'selaimen lompakko',
    noWallet: 'Tästä selaimesta ei löytynyt lompakkoa. Maksa puhelimella tai lähetä summa mistä tahansa lompakosta.',
    connecting: 'Salli yhteys lompakossasi.',
    switching: 'Salli lompakkosi vaihtaa verkkoon {network}.',
    confirm: 'Tarkista summa ja vahvista lompakossasi.',
    sent: 'Lähetetty. Odotamme verkkoa.',
    mined: 'Verkko on saanut sen. Se näkyy tässä hetken päästä.',
    replaced:
      'Lompakkosi korvasi tai perui tapahtuman. Jos nopeutit sitä, se näkyy tässä hetken päästä. Jos peruit sen, mitään ei maksettu ja voit maksaa uudelleen.',
    reverted: 'Verkko hylkäsi tapahtuman, eikä mitään maksettu. Tarkista saldosi ja yritä uudelleen.',
    copied: 'Kopioitu',
    changed: 'Maksettava summa on muuttunut. Katso uusi summa ja paina uudelleen.',
    busy: 'Sivu ei saanut yhteyttä palvelimeen. Tarkista yhteytesi ja paina uudelleen.',
    rejected: 'Hylkäsit maksun lompakossasi. Mitään ei lähetetty.',
    pending: 'Lompakossasi on jo kysymys auki. Avaa lompakko ja vastaa siihen siellä.',
    locked: 'Lompakkosi ei sallinut sitä. Avaa sen lukitus, yhdistä tili ja paina uudelleen.',
    offline: 'Lompakollasi ei ole yhteyttä verkkoon {network}. Tarkista se lompakossa ja paina uudelleen.',
    wrongNetwork: 'Lompakkosi on toisessa verkossa. Vaihda verkkoon {network} ja paina uudelleen. Mitään ei lähetetty.',
    addByHand: 'Lompakkosi ei tunne verkkoa {network}. Lisää se lompakon asetuksissa ja paina uudelleen.',
    realNetwork:
      'Lompakkosi on oikeassa verkossa {network}, ja tämä on testi: mitään ei lähetetty. Aseta lompakossa tämän verkon RPC-osoitteeksi {rpc}.',
    insufficient:
      'Tällä tilillä ei ole tarpeeksi verkossa {network}. Valitse lompakossa toinen tili tai maksa jollain muulla.',
    noFee: 'Tilin {coin}-saldo ei riitä verkon maksuun. Lisää vähän tai valitse toinen tili.',
    failed: 'Lompakkosi ei onnistunut. Se sanoo: {message}',
  },
}
