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
  ask: {
    title: 'Demander un paiement',
    intro: 'Vous recevez un lien à envoyer à quelqu’un. L’argent va directement de son portefeuille au vôtre.',
    forWhatHint: 'La personne qui paie le voit. Vous pouvez le laisser vide.',
    choose: 'Avec quoi peut-on payer ?',
    wallets: 'Directement dans votre portefeuille',
    signing:
      'Votre portefeuille signe votre demande, pour que le lien mène à une adresse qui est à vous. Signer ne coûte rien et ne déplace pas d’argent.',
    needsWallet:
      'Il faut un portefeuille dans votre navigateur, comme MetaMask. Sur un téléphone, ouvrez cette page dans l’application de votre portefeuille.',
    open: (app) => `Ouvrir dans ${app}`,
    demo: 'Utiliser le portefeuille de démonstration',
    script: {
      create: 'Créer le lien avec {wallet}',
      unnamed: 'ce portefeuille',
      confirm: 'Votre portefeuille vous demande de signer.',
      rejected: 'Vous n’avez pas signé : il n’y a pas encore de lien.',
      failed: 'Votre portefeuille n’a pas pu signer : {message}',
      busy: 'Le serveur est injoignable. Veuillez réessayer.',
    },
    readyTitle: 'Votre lien est prêt',
    ready:
      'Envoyez-le à la personne qui doit payer. Vous verrez ici et sur sa page quand c’est payé. Il est valable 30 jours.',
    paidTitle: 'C’est payé',
    code: 'Code qui ouvre le paiement sur un téléphone',
    copy: 'Copier le texte et le lien',
    copied: 'Copié',
    mail: 'E-mail',
    share: (amount, forWhat) =>
      forWhat === '' ? `Pourrais-tu me payer ${amount} ?` : `Pourrais-tu me payer ${amount} pour « ${forWhat} » ?`,
    another: 'Demander un autre paiement',
    problems: {
      unsigned: 'La signature ne correspond pas ou est trop ancienne. Veuillez signer de nouveau.',
      isShop: 'Une boutique est payée à cette adresse ici. Utilisez une autre adresse ou les pages de la boutique.',
      full: 'Ce serveur n’accepte plus d’adresses pour le moment.',
    },
  },
}
