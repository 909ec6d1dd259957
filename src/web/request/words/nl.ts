import type { RequestWords } from './request-words.ts'

export const nl: RequestWords = {
  payTitle: (name) => `${name} betalen`,
  donateTitle: (name) => `Donatie aan ${name}`,
  intro:
    'Het geld gaat uit uw wallet rechtstreeks naar die van de ontvanger. U ziet het exacte bedrag voordat u iets verstuurt.',
  amount: 'Bedrag',
  amountHint: 'Bijvoorbeeld 25,00',
  currency: 'Valuta',
  forWhat: 'Waarvoor is het?',
  forWhatHint: 'De ontvanger ziet dit. U mag het leeg laten.',
  choose: 'Hoe wilt u betalen?',
  choice: (symbol, chain) => `${symbol} op ${chain}`,
  pay: 'Verder naar betaling',
  donate: 'Verder naar donatie',
  nothing: 'Op dit moment worden hier geen betalingen uit wallets aangenomen.',
  problems: {
    amount: 'Vul een bedrag in, bijvoorbeeld 25,00.',
    choice: 'Kies een van deze mogelijkheden.',
    price: 'Er is op dit moment geen betrouwbare prijs. Kies iets anders of probeer het over een minuut opnieuw.',
    tooMany: 'Te veel aanvragen in korte tijd. Probeer het over een uur opnieuw.',
  },
  ask: {
    title: 'Om een betaling vragen',
    intro: 'U krijgt een link om aan iemand te sturen. Het geld gaat van diens wallet rechtstreeks naar de uwe.',
    forWhatHint: 'Wie betaalt, ziet dit. U mag het leeg laten.',
    choose: 'Waarmee mag worden betaald?',
    wallets: 'Rechtstreeks in uw wallet',
    signing:
      'Uw wallet ondertekent wat u vraagt, zodat de link naar een adres van u leidt. Ondertekenen kost niets en verplaatst geen geld.',
    needsWallet:
      'Hiervoor is een wallet in uw browser nodig, zoals MetaMask. Open deze pagina op een telefoon in de app van uw wallet.',
    open: (app) => `Openen in ${app}`,
    demo: 'De demowallet van de sandbox gebruiken',
    script: {
      create: 'Link maken met {wallet}',
      unnamed: 'deze wallet',
      confirm: 'Uw wallet vraagt om te ondertekenen.',
      rejected: 'U hebt niet ondertekend, dus er is nog geen link.',
      failed: 'Uw wallet kon niet ondertekenen: {message}',
      busy: 'De server is niet bereikbaar. Probeer het opnieuw.',
    },
    readyTitle: 'Uw link is klaar',
    ready:
      'Stuur hem naar wie moet betalen. Hier en op diens pagina ziet u wanneer er is betaald. Hij is 30 dagen geldig.',
    paidTitle: 'Dit is betaald',
    code: 'Code die de betaling op een telefoon opent',
    copy: 'Tekst en link kopiëren',
    copied: 'Gekopieerd',
    mail: 'E-mail',
    share: (amount, forWhat) =>
      forWhat === '' ? `Kun je me ${amount} betalen?` : `Kun je me ${amount} betalen voor ‘${forWhat}’?`,
    another: 'Om nog een betaling vragen',
    problems: {
      unsigned: 'De handtekening klopt niet of is te oud. Onderteken opnieuw.',
      isShop: 'Op dit adres wordt hier een winkel betaald. Gebruik een ander adres of de pagina’s van de winkel.',
      full: 'Deze server neemt op dit moment geen adressen meer aan.',
    },
  },
}
