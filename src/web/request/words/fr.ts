import type { RequestWords } from './request-words.ts'

export const fr: RequestWords = {
  payTitle: (name) => `Payer ${name}`,
  donateTitle: (name) => `Don à ${name}`,
  intro:
    'L’argent passe de votre portefeuille directement à celui du destinataire. Vous voyez le montant exact avant d’envoyer quoi que ce soit.',
  amount: 'Montant',
  amountHint: 'Par exemple 25,00',
  currency: 'Devise',
  forWhat: 'Pour quoi ?',
  forWhatHint: 'Le destinataire le voit. Vous pouvez le laisser vide.',
  choose: 'Comment voulez-vous payer ?',
  choice: (symbol, chain) => `${symbol} sur ${chain}`,
  pay: 'Continuer vers le paiement',
  donate: 'Continuer vers le don',
  nothing: 'Aucun paiement depuis un portefeuille n’est accepté ici pour le moment.',
  problems: {
    amount: 'Saisissez un montant, par exemple 25,00.',
    choice: 'Choisissez une de ces possibilités.',
    price: 'Il n’y a pas de prix fiable pour le moment. Choisissez autre chose ou réessayez dans une minute.',
    tooMany: 'Trop de demandes en peu de temps. Réessayez dans une heure.',
  },
}
