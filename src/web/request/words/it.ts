import type { RequestWords } from './request-words.ts'

export const it: RequestWords = {
  payTitle: (name) => `Paga ${name}`,
  donateTitle: (name) => `Donazione a ${name}`,
  intro:
    'Il denaro passa dal tuo portafoglio direttamente a quello di chi lo riceve. Vedi l’importo esatto prima di inviare qualcosa.',
  amount: 'Importo',
  amountHint: 'Per esempio 25,00',
  currency: 'Valuta',
  forWhat: 'Per che cosa?',
  forWhatHint: 'Lo vede chi riceve. Puoi lasciarlo vuoto.',
  choose: 'Come vuoi pagare?',
  choice: (symbol, chain) => `${symbol} su ${chain}`,
  pay: 'Continua con il pagamento',
  donate: 'Continua con la donazione',
  nothing: 'Al momento qui non si accettano pagamenti da portafogli.',
  problems: {
    amount: 'Scrivi un importo, per esempio 25,00.',
    choice: 'Scegli una di queste possibilità.',
    price: 'In questo momento non c’è un prezzo affidabile. Scegli qualcos’altro o riprova tra un minuto.',
    tooMany: 'Troppe richieste in poco tempo. Riprova tra un’ora.',
  },
  ask: {
    title: 'Chiedi un pagamento',
    intro: 'Ricevi un link da mandare a qualcuno. Il denaro va dal suo wallet direttamente al tuo.',
    forWhatHint: 'Lo vede chi paga. Puoi lasciarlo vuoto.',
    choose: 'Con che cosa si può pagare?',
    wallets: 'Direttamente nel tuo wallet',
    signing:
      'Il tuo wallet firma la richiesta, così il link porta a un indirizzo tuo. Firmare non costa nulla e non sposta denaro.',
    needsWallet:
      'Serve un wallet nel browser, per esempio MetaMask. Su un telefono apri questa pagina nell’app del tuo wallet.',
    open: (app) => `Apri in ${app}`,
    demo: 'Usa il wallet dimostrativo',
    script: {
      create: 'Crea il link con {wallet}',
      unnamed: 'questo wallet',
      confirm: 'Il tuo wallet ti chiede di firmare.',
      rejected: 'Non hai firmato, quindi non c’è ancora un link.',
      failed: 'Il tuo wallet non ha potuto firmare: {message}',
      busy: 'Il server non è raggiungibile. Riprova.',
    },
    readyTitle: 'Il tuo link è pronto',
    ready: 'Mandalo a chi deve pagare. Qui e sulla sua pagina vedi quando è pagato. Vale 30 giorni.',
    paidTitle: 'È stato pagato',
    code: 'Codice che apre il pagamento su un telefono',
    copy: 'Copia testo e link',
    copied: 'Copiato',
    mail: 'E-mail',
    share: (amount, forWhat) =>
      forWhat === '' ? `Potresti pagarmi ${amount}?` : `Potresti pagarmi ${amount} per «${forWhat}»?`,
    another: 'Chiedi un altro pagamento',
    problems: {
      unsigned: 'La firma non corrisponde o è troppo vecchia. Firma di nuovo.',
      isShop: 'A questo indirizzo qui viene pagato un negozio. Usa un altro indirizzo o le pagine del negozio.',
      full: 'Al momento questo server non accetta altri indirizzi.',
    },
  },
}
