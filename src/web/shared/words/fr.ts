import type { CommonWords } from './common-words.ts'

export const fr: CommonWords = {
  skip: 'Aller au contenu',
  language: 'Langue',
  sandbox: 'Bac à sable',
  sandboxFooter: 'Ceci est un test : aucun argent réel ne circule.',
  errorPrefix: 'Erreur',
  tryAgain: 'Réessayer',
  errorReference: 'Référence',
  notices: {
    notFound: {
      title: 'Cette page est introuvable',
      text: 'Le lien est peut-être incomplet. Rouvrez-le depuis l’endroit où vous l’avez trouvé.',
    },
    wrongMethod: { title: 'Ce n’est pas possible ici', text: 'Revenez en arrière et rouvrez la page.' },
    badRequest: {
      title: 'Nous n’avons pas pu lire votre envoi',
      text: 'Rien n’a été débité. Revenez en arrière et remplissez de nouveau le formulaire.',
    },
    tooManyTries: {
      title: 'Trop d’essais',
      text: 'Trop de cartes ont été refusées. Patientez une heure ou choisissez un autre moyen de paiement dans la boutique.',
    },
    unavailable: {
      title: 'Réessayez dans un instant',
      text: 'Nous ne pouvons pas répondre pour le moment. Si vous venez de payer, rouvrez la page pour voir le résultat.',
    },
    failed: {
      title: 'Une erreur s’est produite de notre côté',
      text: 'Rouvrez la page avant de payer : elle indique si votre paiement a abouti.',
    },
  },
}
