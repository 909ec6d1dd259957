import type { AccountWords } from './account-words.ts'

export const fr: AccountWords = {
  title: 'Votre compte',
  plans: {
    title: 'Vos achats',
    none: 'Vous n’avez pas encore d’achats.',
    owed: 'Reste à payer',
    instalment: (number, count) => `Paiement ${number} sur ${count}`,
  },
  statuses: { scheduled: 'Prévu', paid: 'Payé', overdue: 'En retard', cancelled: 'Annulé' },
  payNow: 'Payer maintenant',
  payAll: 'Tout payer',
  results: {
    paid: 'Payé. Merci.',
    declined: 'Votre carte a été refusée. Utilisez-en une autre.',
    unknown: 'Votre banque n’a pas encore répondu. Rien n’est débité deux fois.',
    nothing_done: 'Il n’y avait rien à payer.',
  },
  cards: {
    title: 'Vos cartes',
    none: 'Vous n’avez pas de carte enregistrée.',
    isDefault: 'Par défaut',
    makeDefault: 'Utiliser par défaut',
    remove: 'Supprimer',
    inUse: 'La carte d’un achat en cours peut être supprimée une fois celui-ci payé.',
  },
  sessions: { title: 'Où vous êtes connecté', here: 'Cet appareil', end: 'Terminer' },
  data: { title: 'Vos données', download: 'Télécharger' },
}
