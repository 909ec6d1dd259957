import type { RequestWords } from './request-words.ts'

export const fi: RequestWords = {
  payTitle: (name) => `Maksa: ${name}`,
  donateTitle: (name) => `Lahjoitus: ${name}`,
  intro: 'Raha siirtyy lompakostasi suoraan saajan lompakkoon. Näet tarkan summan ennen kuin lähetät mitään.',
  amount: 'Summa',
  amountHint: 'Esimerkiksi 25,00',
  currency: 'Valuutta',
  forWhat: 'Mistä maksat?',
  forWhatHint: 'Saaja näkee tämän. Voit jättää sen tyhjäksi.',
  choose: 'Miten haluat maksaa?',
  choice: (symbol, chain) => `${symbol}, ${chain}`,
  pay: 'Jatka maksamaan',
  donate: 'Jatka lahjoitukseen',
  nothing: 'Täällä ei juuri nyt oteta vastaan maksuja lompakoista.',
  problems: {
    amount: 'Kirjoita summa, esimerkiksi 25,00.',
    choice: 'Valitse jokin näistä.',
    price: 'Luotettavaa hintaa ei juuri nyt ole. Valitse jotain muuta tai yritä uudelleen minuutin kuluttua.',
    tooMany: 'Liian monta pyyntöä lyhyessä ajassa. Yritä uudelleen tunnin kuluttua.',
  },
  ask: {
    title: 'Pyydä maksua',
    intro: 'Saat linkin, jonka lähetät maksajalle. Raha siirtyy hänen lompakostaan suoraan sinun lompakkoosi.',
    forWhatHint: 'Maksaja näkee tämän. Voit jättää sen tyhjäksi.',
    choose: 'Millä saa maksaa?',
    wallets: 'Suoraan lompakkoosi',
    signing:
      'Lompakkosi allekirjoittaa pyyntösi, jotta linkki vie omaan osoitteeseesi. Allekirjoitus ei maksa mitään eikä siirrä rahaa.',
    needsWallet:
      'Tähän tarvitaan selaimen lompakko, esimerkiksi MetaMask. Avaa tämä sivu puhelimella lompakkosi sovelluksessa.',
    open: (app) => `Avaa: ${app}`,
    demo: 'Käytä esittelylompakkoa',
    script: {
      create: 'Luo linkki: {wallet}',
      unnamed: 'tämä lompakko',
      confirm: 'Lompakkosi pyytää allekirjoitusta.',
      rejected: 'Et allekirjoittanut, joten linkkiä ei vielä ole.',
      failed: 'Lompakkosi ei voinut allekirjoittaa: {message}',
      busy: 'Palvelimeen ei saada yhteyttä. Yritä uudelleen.',
    },
    readyTitle: 'Linkkisi on valmis',
    ready: 'Lähetä se maksajalle. Näet tästä ja maksajan sivulta, kun maksu on tullut. Linkki on voimassa 30 päivää.',
    paidTitle: 'Tämä on maksettu',
    code: 'Koodi, joka avaa maksun puhelimessa',
    copy: 'Kopioi teksti ja linkki',
    copied: 'Kopioitu',
    mail: 'Sähköposti',
    share: (amount, forWhat) =>
      forWhat === '' ? `Voisitko maksaa minulle ${amount}?` : `Voisitko maksaa minulle ${amount}: ”${forWhat}”?`,
    another: 'Pyydä toista maksua',
    problems: {
      unsigned: 'Allekirjoitus ei täsmää tai on liian vanha. Allekirjoita uudelleen.',
      isShop: 'Tässä osoitteessa maksetaan täällä kaupalle. Käytä toista osoitetta tai kaupan omia sivuja.',
      full: 'Tämä palvelin ei juuri nyt ota vastaan uusia osoitteita.',
    },
  },
}
