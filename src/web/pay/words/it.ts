import type { PayWords } from './pay-words.ts'

const noPrice = 'Al momento non c’è un prezzo affidabile. Scegli altro, oppure riprova tra un minuto.'

export const it: PayWords = {
  title: (shop) => `Paga ${shop}`,
  choose: 'Come vuoi pagare?',
  chooseHint: 'Il denaro va dal tuo wallet direttamente in quello del negozio. Scegli quello che hai.',
  choice: (symbol, chain) => `${symbol} su ${chain}`,
  show: 'Continua',
  other: 'Paga con altro',
  cancel: 'Annulla e torna al negozio',
  back: 'Torna al negozio',
  lookAgain: 'Cerca il mio pagamento',
  nothing:
    'In questo momento il negozio non accetta pagamenti da wallet. Torna al negozio e scegli un altro modo di pagare.',
  starting:
    'Le reti di prova della sandbox non sono ancora attive. Ricontrolla tra qualche secondo; se non possono funzionare su questa macchina, il log del server dice perché.',
  waiting: 'In attesa del tuo pagamento.',
  priceEnded:
    'Quel prezzo è scaduto. Scegli di nuovo per avere un nuovo importo. Se hai già inviato quello di prima, non fare nulla: lo stiamo ancora cercando.',
  part: (arrived, rest) => `Sono arrivati ${arrived}. Mancano ancora ${rest}. Invia il resto allo stesso indirizzo.`,
  confirming: (count, needed) => `${count} conferme su ${needed}`,
  mayLeave: 'Non serve aspettare qui: il negozio viene avvisato quando è tutto concluso.',
  holdsFor: 'Questo prezzo vale ancora per',
  until: 'Questo prezzo vale fino a',
  send: {
    title: 'Invia esattamente questo importo',
    rest: 'Invia esattamente il resto',
    amount: 'Importo',
    to: 'A',
    network: 'Rete',
    token: 'Contratto del token',
    copy: (what) => `Copia: ${what}`,
    warning: (chain, symbol) =>
      `Invia ${symbol} su ${chain} e nient’altro. Su un’altra rete, o con un altro token, il denaro andrebbe perso.`,
    test: 'Questa rete è una prova che gira dentro la sandbox. Non inviare mai denaro vero a questo indirizzo.',
    exact:
      'Le ultime cifre distinguono il tuo pagamento dagli altri: non arrotondare l’importo. Un exchange può trattenere la sua commissione da ciò che arriva.',
    qr: 'Codice per il tuo wallet: rete, indirizzo e importo',
    wallet: 'Apri in un wallet su questo dispositivo',
  },
  phone: {
    title: 'Paga con il telefono',
    text: 'Inquadra questo codice con la fotocamera del telefono: lì si apre la stessa pagina.',
    qr: 'Codice che apre questa pagina su un telefono',
    open: (app) => `Apri in ${app}`,
  },
  wallets: {
    title: 'Paga dal tuo wallet',
    straight: 'Prima della conferma il tuo wallet mostra ancora una volta l’importo.',
  },
  demo: {
    title: 'Wallet dimostrativo',
    text: 'Solo nella sandbox: paga con denaro di prova, senza estensione e senza chiave.',
    pay: (amount) => `Paga ${amount} dal wallet dimostrativo`,
  },
  stray: (amount) =>
    `${amount} sono arrivati nel wallet del negozio ma non si possono contare per questo pagamento: sono arrivati troppo tardi, due volte o con un altro importo. Nulla è perso. Scrivi al negozio, che può accettarli o restituirli.`,
  over: (amount) =>
    `Hai inviato ${amount} in più di quanto richiesto. Sono nel wallet del negozio: chiedi al negozio di restituirli.`,
  late: 'Il tuo pagamento è arrivato dopo la scadenza del prezzo, ed è stato accettato lo stesso.',
  returning: 'Tra un momento torni al negozio.',
  partKept: (amount) =>
    `${amount} sono arrivati e sono nel wallet del negozio. Chiedi al negozio di restituirli, o di fare una richiesta per il resto.`,
  notices: {
    confirming: {
      title: 'Il tuo pagamento è arrivato',
      text: 'La rete lo sta confermando: ci vuole un momento. Non inviare altro.',
    },
    paid: { title: 'Pagato', text: 'Il negozio ha ricevuto il tuo pagamento.' },
    expired: {
      title: 'Questa richiesta è scaduta',
      text: 'Non inviare più nulla. Chiedi al negozio una nuova richiesta. Se hai già inviato il denaro, aspetta: lo stiamo ancora cercando.',
    },
    cancelled: {
      title: 'Questa richiesta è stata annullata',
      text: 'Non inviare più nulla. Chiedi al negozio una nuova richiesta.',
    },
    unknown: {
      title: 'Questo pagamento non esiste',
      text: 'Controlla l’indirizzo, o chiedi al negozio un nuovo link.',
    },
  },
  refused: {
    not_offered: 'Il negozio non lo accetta. Scegli altro.',
    not_open: 'Questo pagamento non è più aperto.',
    no_free_amount: 'In questo momento stanno pagando troppe persone. Riprova tra un minuto, o scegli un altro token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'Il wallet dimostrativo non è riuscito a inviarlo. Riprova tra un momento.',
  },
  script: {
    pay: 'Paga {amount} con {wallet}',
    unnamedWallet: 'il wallet del browser',
    noWallet: 'In questo browser non c’è nessun wallet. Paga con il telefono, o invia l’importo da qualsiasi wallet.',
    connecting: 'Consenti il collegamento nel tuo wallet.',
    switching: 'Consenti al tuo wallet di passare a {network}.',
    confirm: 'Controlla l’importo e conferma nel tuo wallet.',
    sent: 'Inviato. In attesa che la rete lo accolga.',
    mined: 'La rete l’ha ricevuto. Tra un momento appare qui.',
    replaced:
      'Il tuo wallet ha sostituito o annullato la transazione. Se l’hai accelerata, tra un momento appare qui. Se l’hai annullata, non è stato pagato nulla e puoi pagare di nuovo.',
    reverted: 'La rete ha rifiutato la transazione e non è stato pagato nulla. Controlla il saldo e riprova.',
    copied: 'Copiato',
    changed: 'L’importo dovuto è cambiato. Guarda quello nuovo e premi di nuovo.',
    busy: 'La pagina non è riuscita a contattare il server. Controlla la connessione e premi di nuovo.',
    rejected: 'Hai rifiutato nel tuo wallet. Non è stato inviato nulla.',
    pending: 'Il tuo wallet ha già una domanda aperta. Aprilo e rispondi lì.',
    locked: 'Il tuo wallet non l’ha consentito. Sbloccalo, collega un account e premi di nuovo.',
    offline: 'Il tuo wallet non è collegato a {network}. Controllalo nel wallet e premi di nuovo.',
    wrongNetwork: 'Il tuo wallet è su un’altra rete. Passa a {network} e premi di nuovo. Non è stato inviato nulla.',
    addByHand: 'Il tuo wallet non conosce {network}. Aggiungila nelle impostazioni del wallet e premi di nuovo.',
    realNetwork:
      'Il tuo wallet è sulla rete {network} vera, e questa è una prova: non è stato inviato nulla. Imposta nel wallet l’indirizzo RPC {rpc} per questa rete.',
    insufficient:
      'Questo account non ha abbastanza su {network}. Scegli un altro account nel wallet, o paga con altro.',
    noFee: 'Questo account non ha {coin} per la commissione della rete. Aggiungine un po’, o scegli un altro account.',
    failed: 'Il tuo wallet non ci è riuscito. Dice: {message}',
  },
}
