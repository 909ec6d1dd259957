import type { MessageWords } from './message-words.ts'

export const nl: MessageWords = {
  code: {
    subject: (code) => `Je code: ${code}`,
    text: (code, minutes) => `Je code is ${code}. Hij is ${minutes} minuten geldig.`,
    warning: 'De winkel en wij zullen je er nooit om vragen.',
  },
  pay_link: {
    subject: (shop) => `Je betaling aan ${shop}`,
    text: (shop, amount) => `${shop} vraagt je ${amount} te betalen.`,
    button: 'Betaalpagina openen',
  },
  invitation: {
    subject: (shop) => `Uitnodiging voor ${shop}`,
    text: (by, shop, days) =>
      `${by} nodigt u uit voor het verkopersportaal van ${shop}. De link werkt één keer, binnen ${days} dagen.`,
    warning: 'Kent u de afzender niet, doe dan niets: er gebeurt niets.',
    button: 'Uitnodiging aannemen',
  },
  order_confirmed: {
    subject: (shop) => `Je bestelling bij ${shop} is bevestigd`,
    text: (shop, total) => `Bedankt: je kocht voor ${total} bij ${shop}. Zo betaal je:`,
    plan: 'Je betalingen',
  },
  charged_soon: {
    subject: (shop) => `Je volgende betaling aan ${shop}`,
    text: (amount, shop, date) => `Op ${date} schrijven we ${amount} voor je bestelling bij ${shop} van je kaart af.`,
  },
  charged: {
    subject: (amount) => `Je hebt ${amount} betaald`,
    text: (amount, shop) => `We hebben ${amount} afgeschreven voor je bestelling bij ${shop}. Bedankt.`,
    lateFee: (fee) => `Daarvan is ${fee} aanmaningskosten.`,
  },
  charge_failed: {
    subject: 'Je betaling is niet gelukt',
    text: (amount, shop) => `We konden ${amount} voor je bestelling bij ${shop} niet afschrijven.`,
    next: (date) => `We proberen het opnieuw op ${date}.`,
    lateFee: (fee, date) => `Als er niet voor ${date} is betaald, komt er ${fee} aanmaningskosten bij.`,
    help: 'Je kunt nu betalen of een andere kaart kiezen in je account.',
  },
  refunded: {
    subject: (shop) => `Terugbetaling van ${shop}`,
    text: (amount, shop) => `${shop} betaalt je ${amount} terug.`,
    toCard: (amount) => `${amount} gaat terug naar je kaart. Je bank toont het binnen 5 tot 10 werkdagen.`,
    offPlan: (amount) => `${amount} is van je komende betalingen afgetrokken.`,
  },
  cancelled: {
    subject: (shop) => `Je bestelling bij ${shop} is geannuleerd`,
    text: (total, shop) =>
      `Je bestelling van ${total} bij ${shop} is geannuleerd. Er wordt niets meer van je kaart afgeschreven.`,
  },
  late_fee: {
    subject: 'Er zijn aanmaningskosten bijgekomen',
    text: (fee, shop, payable) =>
      `Er is ${fee} bijgekomen omdat een betaling voor je bestelling bij ${shop} te laat is. Daarvoor is nu ${payable} te betalen.`,
    help: 'Betaal nu in je account.',
  },
  late_fee_waived: {
    subject: 'Je aanmaningskosten zijn kwijtgescholden',
    text: (fee, shop) =>
      `We schelden de aanmaningskosten van ${fee} voor je bestelling bij ${shop} kwijt. Wat je daarvan al hebt betaald, gaat terug naar je kaart.`,
  },
  overdue: {
    subject: 'Een betaling is te laat',
    text: (amount, shop) =>
      `${amount} voor je bestelling bij ${shop} is te laat. Betaal in je account; tot dan kun je geen nieuwe aankopen doen.`,
  },
  card: (brand, last4) => `${brand}-kaart eindigend op ${last4}`,
  account: 'Je account openen',
  footer: 'Je krijgt dit bericht omdat dit adres is gebruikt voor een aankoop of een account.',
}
