import type { MessageWords } from './message-words.ts'

export const it: MessageWords = {
  code: {
    subject: (code) => `Il tuo codice: ${code}`,
    text: (code, minutes) => `Il tuo codice è ${code}. Vale per ${minutes} minuti.`,
    warning: 'Né il negozio né noi te lo chiederemo mai.',
  },
  pay_link: {
    subject: (shop) => `Il tuo pagamento a ${shop}`,
    text: (shop, amount) => `${shop} ti chiede di pagare ${amount}.`,
    button: 'Apri la pagina di pagamento',
  },
  invitation: {
    subject: (shop) => `Invito a ${shop}`,
    text: (by, shop, days) =>
      `${by} ti invita nel portale venditori di ${shop}. Il link vale una volta, entro ${days} giorni.`,
    warning: 'Se non conosci il mittente, lascia stare: non succede nulla.',
    button: 'Accetta l’invito',
  },
  order_confirmed: {
    subject: (shop) => `Il tuo ordine da ${shop} è confermato`,
    text: (shop, total) => `Grazie: hai acquistato per ${total} da ${shop}. Ecco quando e quanto paghi:`,
    plan: 'I tuoi pagamenti',
  },
  charged_soon: {
    subject: (shop) => `Il tuo prossimo pagamento a ${shop}`,
    text: (amount, shop, date) => `Il ${date} addebiteremo sulla tua carta ${amount} per il tuo ordine da ${shop}.`,
  },
  charged: {
    subject: (amount) => `Hai pagato ${amount}`,
    text: (amount, shop) => `Abbiamo addebitato ${amount} per il tuo ordine da ${shop}. Grazie.`,
    lateFee: (fee) => `Di cui ${fee} sono la mora.`,
  },
  charge_failed: {
    subject: 'Il pagamento non è riuscito',
    text: (amount, shop) => `Non siamo riusciti ad addebitare ${amount} per il tuo ordine da ${shop}.`,
    next: (date) => `Riproveremo il ${date}.`,
    lateFee: (fee, date) => `Se non è pagato prima del ${date}, si aggiunge una mora di ${fee}.`,
    help: 'Puoi pagare subito o scegliere un’altra carta nel tuo account.',
  },
  refunded: {
    subject: (shop) => `Rimborso da ${shop}`,
    text: (amount, shop) => `${shop} ti rimborsa ${amount}.`,
    toCard: (amount) => `${amount} torna sulla tua carta. La banca lo mostra entro 5-10 giorni lavorativi.`,
    offPlan: (amount) => `${amount} è stato tolto dai pagamenti ancora da fare.`,
  },
  cancelled: {
    subject: (shop) => `Il tuo ordine da ${shop} è annullato`,
    text: (total, shop) =>
      `Il tuo ordine di ${total} da ${shop} è stato annullato. Non addebiteremo altro sulla tua carta.`,
  },
  late_fee: {
    subject: 'È stata aggiunta una mora',
    text: (fee, shop, payable) =>
      `Abbiamo aggiunto ${fee} perché un pagamento del tuo ordine da ${shop} è in ritardo. Ora ci sono ${payable} da pagare.`,
    help: 'Paga subito nel tuo account.',
  },
  late_fee_waived: {
    subject: 'La mora è annullata',
    text: (fee, shop) =>
      `Annulliamo la mora di ${fee} per il tuo ordine da ${shop}. Quanto ne hai già pagato torna sulla tua carta.`,
  },
  overdue: {
    subject: 'Un pagamento è in ritardo',
    text: (amount, shop) =>
      `${amount} per il tuo ordine da ${shop} è in ritardo. Paga nel tuo account; fino ad allora non puoi fare nuovi acquisti.`,
  },
  card: (brand, last4) => `Carta ${brand} che termina con ${last4}`,
  account: 'Apri il tuo account',
  footer: 'Ricevi questo messaggio perché questo recapito è stato usato per un acquisto o un account.',
}
