import type { Words } from './words.ts'

export const it: Words = {
  orderReference: 'Ordine',
  planTitle: 'I tuoi pagamenti',
  today: 'Oggi',
  heading: {
    instalments: (count) => `in ${count} rate, senza interessi`,
    later: (date) => `da pagare entro il ${date}, senza interessi`,
  },
  formTitle: 'Paga con carta',
  payToday: (amount) => `Paga ${amount} oggi`,
  payLater: 'Conferma e paga dopo',
  cancel: 'Annulla e torna al negozio',
  privacy: 'Il negozio non vede mai i dati della tua carta.',
  backToShop: 'Torna al negozio',
  refresh: 'Controlla di nuovo',
  notices: {
    howItWorks: {
      title: 'Compra ora, paga nel tempo',
      text: 'Sceglilo alla cassa del tuo negozio e conferma con la tua carta. Paghi in 3 o 4 rate mensili, la prima oggi, oppure tutto dopo 14 giorni. Senza interessi.',
    },
    checking: {
      title: 'Stiamo verificando il pagamento',
      text: 'La tua banca impiega più del solito a rispondere. Non pagare di nuovo: questo ordine non può essere addebitato due volte.',
    },
    paid: { title: 'Il pagamento è approvato', text: 'Torna al negozio per completare l’ordine.' },
    paidByLink: { title: 'Il pagamento è approvato', text: 'Non resta altro da fare: puoi chiudere questa pagina.' },
    expired: {
      title: 'Questo pagamento è scaduto',
      text: 'È passato troppo tempo: l’ordine è stato chiuso e non ti è stato addebitato nulla. Puoi ricominciare dal negozio.',
    },
    ended: {
      title: 'Questo ordine è chiuso',
      text: 'Non c’è più nulla da pagare. Per qualsiasi domanda rivolgiti al negozio.',
    },
    unknown: {
      title: 'Non troviamo questo pagamento',
      text: 'Il link potrebbe essere incompleto. Torna al negozio e apri di nuovo il pagamento da lì.',
    },
  },
  chooseProduct: 'Come vuoi pagare?',
  products: { instalments: (count) => `Paga in ${count} rate`, later: 'Paga dopo' },
  profile: {
    title: 'Dicci chi sei',
    text: 'Lo chiediamo una volta sola, per aprire il tuo account.',
    labels: {
      givenNames: 'Nome',
      surname: 'Cognome',
      birthDate: 'Data di nascita',
      address: 'Via e numero',
      postcode: 'CAP',
      city: 'Città',
      country: 'Paese',
    },
    birthDateHint: 'Giorno/mese/anno, per esempio 31/01/1990',
    other: { email: 'E-mail per le ricevute', sms: 'Cellulare per le notizie sui pagamenti' },
    otherHint: 'Puoi lasciarlo vuoto.',
    problems: {
      missing: 'Compila questo campo',
      format: 'Controlla questo campo',
      too_young: 'Devi avere almeno 18 anni per comprare così',
    },
    button: 'Continua',
    problemsTitle: 'Controlla quello che hai scritto',
  },
  confirmTitle: 'Controlla e conferma',
  payWith: 'Paga con',
  savedCard: (brand, last4) => `${brand} che termina con ${last4}`,
  anotherCard: 'Un’altra carta',
  cardIsKept: 'Conserviamo la carta per i prossimi pagamenti. Puoi cambiarla nel tuo account.',
  terms: {
    instalments: 'Confermando accetti di pagare in questi giorni e che preleviamo ogni pagamento da questa carta.',
    later: (date) => `Confermando accetti che preleviamo l’intero importo da questa carta il ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} dopo ${days} ${days === 1 ? 'giorno' : 'giorni'} di ritardo`,
  lateFees: (stages, most, share) =>
    `Se paghi in ritardo si aggiunge una mora: ${stages}; al massimo ${most} per pagamento e ${share} dell’ordine.`,
  signedInAs: (contact) => `Sei ${contact}.`,
  timeLeft: 'Tempo rimasto:',
  refused: {
    title: 'Non possiamo offrirti questo acquisto',
    amount_out_of_limits:
      'L’importo non rientra in quello che questo negozio permette di pagare così. Scegli un altro metodo nel negozio.',
    shopper_blocked: 'Il tuo account non può fare nuovi acquisti. Scegli un altro metodo di pagamento nel negozio.',
    instalments_overdue: 'Un tuo pagamento è in ritardo. Pagalo nel tuo account, poi potrai comprare di nuovo.',
    exposure_too_high:
      'Con questo ordine dovresti più di quanto possiamo anticiparti ora. Paga una parte nel tuo account o scegli un altro metodo nel negozio.',
    too_many_orders:
      'Oggi hai confermato diversi ordini. Riprova domani o scegli un altro metodo di pagamento nel negozio.',
    card_expires_too_early: 'Questa carta scade prima del tuo ultimo pagamento. Usa una carta valida più a lungo.',
  },
  bank: {
    title: 'La tua banca vuole verificare che sei tu',
    text: 'Prosegui sul sito della banca. Tornerai qui da solo.',
    button: 'Vai alla banca',
  },
  somebodyElses: {
    title: 'Questo ordine è di qualcun altro',
    text: 'È stato confermato da un altro account. Se eri tu, accedi con quel numero o indirizzo.',
  },
  noAcquirer: {
    title: 'Questo negozio ora non accetta pagamenti qui',
    text: 'Scegli un altro metodo di pagamento nel negozio.',
  },
  change: 'Cambia',
}
