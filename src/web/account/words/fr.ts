import type { AccountWords } from './account-words.ts'

export const fr: AccountWords = {
  title: 'Votre compte',
  plans: {
    title: 'Vos achats',
    none: 'Vous n’avez pas encore d’achats.',
    incomplete:
      'Certains achats ne peuvent pas être affichés pour le moment. Veuillez réessayer dans quelques minutes.',
    owed: 'Reste à payer',
    instalment: (number, count) => `Paiement ${number} sur ${count}`,
  },
  statuses: { scheduled: 'Prévu', paid: 'Payé', overdue: 'En retard', cancelled: 'Annulé' },
  lateFee: (amount) => `frais de retard de ${amount}`,
  payNow: 'Payer maintenant',
  payAll: 'Tout payer',
  payAllHint: (count) => `Votre relevé bancaire affichera ${count} paiements.`,
  results: {
    paid: 'Payé. Merci.',
    declined: 'Votre carte a été refusée. Utilisez-en une autre.',
    unknown: 'Votre banque n’a pas encore répondu. Rien n’est débité deux fois.',
    nothing_done: 'Il n’y avait rien à payer.',
    changed: 'Le montant a changé entre-temps. Vérifiez à nouveau.',
  },
  cards: {
    title: 'Vos cartes',
    none: 'Vous n’avez pas de carte enregistrée.',
    isDefault: 'Par défaut',
    makeDefault: 'Utiliser par défaut',
    remove: 'Supprimer',
    inUse: 'La carte d’un achat en cours peut être supprimée une fois celui-ci payé.',
    add: 'Ajouter une carte',
    addText: 'Elle paiera désormais ce qui reste à payer. Seul ce qui est déjà en retard est débité maintenant.',
    keep: 'Enregistrer cette carte',
    added: 'Votre carte est enregistrée et paiera ce qui reste à payer.',
  },
  sessions: { title: 'Où vous êtes connecté', here: 'Cet appareil', end: 'Terminer', endAll: 'Se déconnecter partout' },
  data: {
    title: 'Vos données',
    download: 'Télécharger',
    language: 'Langue de nos messages',
    save: 'Enregistrer',
    erase: 'Supprimer mon compte',
  },
  erasing: {
    title: 'Supprimer votre compte ?',
    text: 'Nous oublions définitivement votre nom, vos coordonnées, vos cartes et nos messages. Vos achats restent dans les livres des boutiques, sans votre compte.',
    confirm: 'Supprimer définitivement',
    keep: 'Garder mon compte',
    open: 'Quelque chose est encore en cours : une fois que tout sera payé, vous pourrez supprimer votre compte.',
    done: {
      title: 'Votre compte est supprimé',
      text: 'Nous ne gardons de vous que les montants dans les livres. Merci.',
    },
  },
  receipt: {
    title: 'Reçu',
    print: 'Imprimer',
    payments: 'Paiements',
    paidBack: 'Remboursé',
    back: 'Retour à votre compte',
  },
}
