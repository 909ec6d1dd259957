import type { PayWords } from './pay-words.ts'

const noPrice = 'Er is op dit moment geen betrouwbare prijs. Kies iets anders of probeer het over een minuut opnieuw.'

export const nl: PayWords = {
  title: (shop) => `${shop} betalen`,
  choose: 'Waarmee wil je betalen?',
  chooseHint: 'Het geld gaat van jouw wallet rechtstreeks naar die van de winkel. Kies wat je hebt.',
  choice: (symbol, chain) => `${symbol} op ${chain}`,
  show: 'Doorgaan',
  other: 'Met iets anders betalen',
  cancel: 'Annuleren en terug naar de winkel',
  back: 'Terug naar de winkel',
  lookAgain: 'Naar mijn betaling kijken',
  nothing:
    'De winkel neemt op dit moment geen betalingen uit wallets aan. Ga terug naar de winkel en kies een andere manier om te betalen.',
  starting:
    'De testnetwerken van de testomgeving draaien nog niet. Kijk over een paar seconden opnieuw; als ze op deze machine niet kunnen draaien, staat de reden in het logboek van de server.',
  waiting: 'We wachten op je betaling.',
  priceEnded:
    'Die prijs geldt niet meer. Kies opnieuw voor een nieuw bedrag. Heb je het vorige al verstuurd, doe dan niets: er wordt nog naar gezocht.',
  part: (arrived, rest) => `${arrived} is aangekomen. Er ontbreekt nog ${rest}. Stuur de rest naar hetzelfde adres.`,
  confirming: (count, needed) => `${count} van ${needed} bevestigingen`,
  mayLeave: 'Je hoeft hier niet te wachten: de winkel hoort het als het klaar is.',
  holdsFor: 'Deze prijs geldt nog',
  until: 'Deze prijs geldt tot',
  send: {
    title: 'Stuur precies dit bedrag',
    rest: 'Stuur precies de rest',
    amount: 'Bedrag',
    to: 'Naar',
    network: 'Netwerk',
    token: 'Contract van de token',
    copy: (what) => `Kopiëren: ${what}`,
    warning: (chain, symbol) =>
      `Stuur ${symbol} op ${chain} en niets anders. Op een ander netwerk, of als een andere token, zou het geld verloren zijn.`,
    test: 'Dit netwerk is een test die in de testomgeving draait. Stuur nooit echt geld naar dit adres.',
    exact:
      'Aan de laatste cijfers herkennen we je betaling: rond het bedrag niet af. Een beurs houdt misschien kosten in op wat er aankomt.',
    qr: 'Code voor je wallet: netwerk, adres en bedrag',
    wallet: 'Openen in een wallet op dit apparaat',
  },
  phone: {
    title: 'Met je telefoon betalen',
    text: 'Scan deze code met de camera van je telefoon: daar opent dezelfde pagina.',
    qr: 'Code die deze pagina op een telefoon opent',
    open: (app) => `Openen in ${app}`,
  },
  wallets: {
    title: 'Betalen uit je wallet',
    straight: 'Je wallet toont het bedrag nog een keer voordat je bevestigt.',
  },
  demo: {
    title: 'Demo-wallet',
    text: 'Alleen in de testomgeving: hij betaalt met testgeld, zonder extensie en zonder sleutel.',
    pay: (amount) => `${amount} betalen uit de demo-wallet`,
  },
  stray: (amount) =>
    `${amount} kwam in de wallet van de winkel aan en kon niet voor deze betaling tellen: te laat, dubbel of met een ander bedrag. Er is niets verloren. Neem contact op met de winkel, die het kan aannemen of terugsturen.`,
  over: (amount) =>
    `Je hebt ${amount} meer gestuurd dan gevraagd. Het is in de wallet van de winkel: vraag de winkel om het terug te sturen.`,
  late: 'Je betaling kwam nadat de prijs was verlopen, en is toch aangenomen.',
  returning: 'Je gaat zo terug naar de winkel.',
  partKept: (amount) =>
    `${amount} is aangekomen en in de wallet van de winkel. Vraag de winkel om het terug te sturen, of om een verzoek voor de rest.`,
  notices: {
    confirming: {
      title: 'Je betaling is aangekomen',
      text: 'Het netwerk bevestigt haar, dat duurt even. Stuur niets opnieuw.',
    },
    paid: { title: 'Betaald', text: 'De winkel heeft je betaling ontvangen.' },
    expired: {
      title: 'Dit verzoek is verlopen',
      text: 'Stuur niets meer. Vraag de winkel om een nieuw verzoek. Heb je het geld al gestuurd, wacht dan: er wordt nog naar gezocht.',
    },
    cancelled: {
      title: 'Dit verzoek is ingetrokken',
      text: 'Stuur niets meer. Vraag de winkel om een nieuw verzoek.',
    },
    unknown: {
      title: 'Deze betaling bestaat niet',
      text: 'Controleer het adres, of vraag de winkel om een nieuwe link.',
    },
  },
  refused: {
    not_offered: 'De winkel neemt dit niet aan. Kies iets anders.',
    not_open: 'Deze betaling is niet meer open.',
    no_free_amount:
      'Er betalen op dit moment te veel mensen. Probeer het over een minuut opnieuw, of kies een andere token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'De demo-wallet kon het niet versturen. Probeer het zo opnieuw.',
  },
  script: {
    pay: '{amount} betalen met {wallet}',
    unnamedWallet: 'de wallet van je browser',
    noWallet:
      'Er is geen wallet gevonden in deze browser. Betaal met je telefoon, of stuur het bedrag uit een willekeurige wallet.',
    connecting: 'Sta de verbinding toe in je wallet.',
    switching: 'Sta toe dat je wallet naar {network} overschakelt.',
    confirm: 'Controleer het bedrag en bevestig in je wallet.',
    sent: 'Verstuurd. We wachten op het netwerk.',
    mined: 'Het netwerk heeft het. Het verschijnt hier zo.',
    replaced:
      'Je wallet heeft de transactie vervangen of geannuleerd. Heb je haar versneld, dan verschijnt ze hier zo. Heb je haar geannuleerd, dan is er niets betaald en kun je opnieuw betalen.',
    reverted:
      'Het netwerk heeft de transactie geweigerd en er is niets betaald. Controleer je saldo en probeer het opnieuw.',
    copied: 'Gekopieerd',
    changed: 'Het verschuldigde bedrag is veranderd. Bekijk het nieuwe en druk opnieuw.',
    busy: 'De pagina kon de server niet bereiken. Controleer je verbinding en druk opnieuw.',
    rejected: 'Je hebt in je wallet geweigerd. Er is niets verstuurd.',
    pending: 'Je wallet heeft al een vraag openstaan. Open de wallet en beantwoord die daar.',
    locked: 'Je wallet stond het niet toe. Ontgrendel hem, verbind een account en druk opnieuw.',
    offline: 'Je wallet heeft geen verbinding met {network}. Controleer dat in de wallet en druk opnieuw.',
    wrongNetwork:
      'Je wallet is op een ander netwerk. Schakel over naar {network} en druk opnieuw. Er is niets verstuurd.',
    addByHand: 'Je wallet kent {network} niet. Voeg het netwerk toe in de instellingen van de wallet en druk opnieuw.',
    realNetwork:
      'Je wallet is op het echte {network}, en dit is een test: er is niets verstuurd. Stel in je wallet {rpc} in als RPC-adres van dit netwerk.',
    insufficient:
      'Dit account heeft niet genoeg op {network}. Kies een ander account in je wallet, of betaal met iets anders.',
    noFee: 'Dit account heeft geen {coin} voor de netwerkkosten. Vul een beetje aan, of kies een ander account.',
    failed: 'Je wallet kon het niet doen. Hij zegt: {message}',
  },
}
