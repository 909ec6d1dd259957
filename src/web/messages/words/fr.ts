import type { MessageWords } from './message-words.ts'

export const fr: MessageWords = {
  code: {
    subject: (code) => `Votre code : ${code}`,
    text: (code, minutes) => `Votre code est ${code}. Il est valable ${minutes} minutes.`,
    warning: 'Ni la boutique ni nous ne vous le demanderons jamais.',
  },
  pay_link: {
    subject: (shop) => `Votre paiement à ${shop}`,
    text: (shop, amount) => `${shop} vous demande de payer ${amount}.`,
    button: 'Ouvrir la page de paiement',
  },
  invitation: {
    subject: (shop) => `Invitation à rejoindre ${shop}`,
    text: (by, shop, days) =>
      `${by} vous invite dans le portail vendeur de ${shop}. Le lien sert une seule fois, pendant ${days} jours.`,
    warning: 'Si vous ne connaissez pas l’expéditeur, ignorez ce message : il ne se passe rien.',
    button: 'Accepter l’invitation',
  },
  order_confirmed: {
    subject: (shop) => `Votre commande chez ${shop} est confirmée`,
    text: (shop, total) => `Merci : vous avez acheté pour ${total} chez ${shop}. Voici quand et combien vous payez :`,
    plan: 'Vos paiements',
  },
  charged_soon: {
    subject: (shop) => `Votre prochain paiement à ${shop}`,
    text: (amount, shop, date) =>
      `Le ${date}, nous débiterons ${amount} de votre carte pour votre commande chez ${shop}.`,
  },
  charged: {
    subject: (amount) => `Vous avez payé ${amount}`,
    text: (amount, shop) => `Nous avons débité ${amount} pour votre commande chez ${shop}. Merci.`,
    lateFee: (fee) => `Dont ${fee} de frais de retard.`,
  },
  charge_failed: {
    subject: 'Votre paiement n’a pas abouti',
    text: (amount, shop) => `Nous n’avons pas pu débiter ${amount} pour votre commande chez ${shop}.`,
    next: (date) => `Nous réessaierons le ${date}.`,
    lateFee: (fee, date) => `Sans paiement avant le ${date}, des frais de retard de ${fee} s’ajoutent.`,
    help: 'Vous pouvez payer maintenant ou choisir une autre carte dans votre compte.',
  },
  refunded: {
    subject: (shop) => `Remboursement de ${shop}`,
    text: (amount, shop) => `${shop} vous rembourse ${amount}.`,
    toCard: (amount) => `${amount} reviennent sur votre carte. Votre banque l’affiche sous 5 à 10 jours ouvrés.`,
    offPlan: (amount) => `${amount} ont été retirés de vos paiements à venir.`,
  },
  cancelled: {
    subject: (shop) => `Votre commande chez ${shop} est annulée`,
    text: (total, shop) =>
      `Votre commande de ${total} chez ${shop} a été annulée. Plus rien ne sera débité de votre carte.`,
  },
  late_fee: {
    subject: 'Des frais de retard ont été ajoutés',
    text: (fee, shop, payable) =>
      `${fee} ont été ajoutés parce qu’un paiement de votre commande chez ${shop} est en retard. Il reste maintenant ${payable} à payer pour celui-ci.`,
    help: 'Payez maintenant dans votre compte.',
  },
  late_fee_waived: {
    subject: 'Vos frais de retard sont annulés',
    text: (fee, shop) =>
      `Nous annulons les frais de retard de ${fee} de votre commande chez ${shop}. Ce que vous en avez déjà payé revient sur votre carte.`,
  },
  overdue: {
    subject: 'Un paiement est en retard',
    text: (amount, shop) =>
      `${amount} pour votre commande chez ${shop} sont en retard. Payez-les dans votre compte ; d’ici là, vous ne pouvez pas faire de nouvel achat.`,
  },
  card: (brand, last4) => `Carte ${brand} se terminant par ${last4}`,
  account: 'Ouvrir votre compte',
  footer: 'Vous recevez ce message parce que cette adresse a servi à un achat ou à un compte.',
}
