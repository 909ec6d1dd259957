import type { Words } from './words.ts'

export const fr: Words = {
  orderReference: 'Commande',
  planTitle: 'Vos paiements',
  today: 'Aujourd’hui',
  heading: {
    instalments: (count) => `en ${count} paiements, sans intérêts`,
    later: (date) => `à payer avant le ${date}, sans intérêts`,
  },
  formTitle: 'Payer par carte',
  payToday: (amount) => `Payer ${amount} aujourd’hui`,
  payLater: 'Confirmer et payer plus tard',
  cancel: 'Annuler et revenir à la boutique',
  privacy: 'La boutique ne voit jamais les données de votre carte.',
  backToShop: 'Retour à la boutique',
  refresh: 'Vérifier de nouveau',
  notices: {
    howItWorks: {
      title: 'Achetez maintenant, payez plus tard',
      text: 'Choisissez cette option au moment de payer dans votre boutique et confirmez avec votre carte. Vous payez en 3 ou 4 fois chaque mois, la première fois aujourd’hui, ou le tout après 14 jours. Sans intérêts.',
    },
    checking: {
      title: 'Nous vérifions votre paiement',
      text: 'Votre banque met plus de temps que d’habitude à répondre. Ne payez pas de nouveau : cette commande ne peut pas être débitée deux fois.',
    },
    paid: { title: 'Votre paiement est accepté', text: 'Revenez à la boutique pour terminer votre commande.' },
    paidByLink: {
      title: 'Votre paiement est accepté',
      text: 'Vous n’avez plus rien à faire : vous pouvez fermer cette page.',
    },
    expired: {
      title: 'Ce paiement a expiré',
      text: 'Le délai est dépassé : la commande a été fermée et rien n’a été débité. Vous pouvez recommencer dans la boutique.',
    },
    ended: {
      title: 'Cette commande est fermée',
      text: 'Il n’y a plus rien à payer. Pour toute question, adressez-vous à la boutique.',
    },
    unknown: {
      title: 'Ce paiement est introuvable',
      text: 'Le lien est peut-être incomplet. Revenez à la boutique et rouvrez le paiement de là.',
    },
  },
  chooseProduct: 'Comment voulez-vous payer ?',
  products: { instalments: (count) => `Payer en ${count} fois`, later: 'Payer plus tard' },
  profile: {
    title: 'Dites-nous qui vous êtes',
    text: 'Nous le demandons une seule fois, pour ouvrir votre compte.',
    labels: {
      givenNames: 'Prénom',
      surname: 'Nom',
      birthDate: 'Date de naissance',
      address: 'Rue et numéro',
      postcode: 'Code postal',
      city: 'Ville',
      country: 'Pays',
    },
    birthDateHint: 'Jour/mois/année, par exemple 31/01/1990',
    other: { email: 'E-mail pour les reçus', sms: 'Mobile pour les nouvelles de vos paiements' },
    otherHint: 'Vous pouvez laisser ce champ vide.',
    problems: {
      missing: 'Remplissez ce champ',
      format: 'Vérifiez ce champ',
      too_young: 'Vous devez avoir 18 ans ou plus pour acheter ainsi',
    },
    button: 'Continuer',
    problemsTitle: 'Vérifiez ce que vous avez saisi',
  },
  confirmTitle: 'Vérifier et confirmer',
  payWith: 'Payer avec',
  savedCard: (brand, last4) => `${brand} se terminant par ${last4}`,
  anotherCard: 'Une autre carte',
  cardIsKept: 'Nous gardons la carte pour les paiements à venir. Vous pouvez la changer dans votre compte.',
  terms: {
    instalments:
      'En confirmant, vous acceptez de payer à ces dates et que chaque paiement soit prélevé sur cette carte.',
    later: (date) => `En confirmant, vous acceptez que le montant total soit prélevé sur cette carte le ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} après ${days} ${days === 1 ? 'jour' : 'jours'} de retard`,
  lateFees: (stages, most, share) =>
    `En cas de retard, des frais s’ajoutent : ${stages} ; au plus ${most} par paiement et ${share} de la commande.`,
  signedInAs: (contact) => `Vous êtes ${contact}.`,
  timeLeft: 'Temps restant :',
  refused: {
    title: 'Nous ne pouvons pas vous proposer cet achat',
    amount_out_of_limits:
      'Le montant est hors de ce que cette boutique permet de payer ainsi. Choisissez un autre moyen de paiement dans la boutique.',
    shopper_blocked:
      'Votre compte ne peut pas servir à de nouveaux achats. Choisissez un autre moyen de paiement dans la boutique.',
    instalments_overdue:
      'Un de vos paiements est en retard. Payez-le dans votre compte, vous pourrez ensuite acheter de nouveau.',
    exposure_too_high:
      'Avec cette commande, vous devriez plus que ce que nous pouvons avancer. Remboursez une partie dans votre compte ou choisissez un autre moyen dans la boutique.',
    too_many_orders:
      'Vous avez confirmé plusieurs commandes aujourd’hui. Réessayez demain ou choisissez un autre moyen de paiement dans la boutique.',
    card_expires_too_early:
      'Cette carte expire avant votre dernier paiement. Utilisez une carte valable plus longtemps.',
  },
  bank: {
    title: 'Votre banque veut vérifier que c’est bien vous',
    text: 'Continuez vers votre banque. Vous reviendrez ici tout seul.',
    button: 'Continuer vers la banque',
  },
  somebodyElses: {
    title: 'Cette commande appartient à quelqu’un d’autre',
    text: 'Elle a été confirmée depuis un autre compte. Si c’était vous, connectez-vous avec ce numéro ou cette adresse.',
  },
  noAcquirer: {
    title: 'Cette boutique n’accepte pas de paiements ici pour le moment',
    text: 'Choisissez un autre moyen de paiement dans la boutique.',
  },
  change: 'Changer',
}
