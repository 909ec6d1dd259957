import type { PayWords } from './pay-words.ts'

const noPrice = 'Il n’y a pas de prix fiable en ce moment. Choisissez autre chose, ou réessayez dans une minute.'

export const fr: PayWords = {
  title: (shop) => `Payer ${shop}`,
  choose: 'Comment voulez-vous payer ?',
  chooseHint: 'L’argent va de votre portefeuille directement dans celui de la boutique. Choisissez ce que vous avez.',
  choice: (symbol, chain) => `${symbol} sur ${chain}`,
  show: 'Continuer',
  other: 'Payer avec autre chose',
  cancel: 'Annuler et revenir à la boutique',
  back: 'Retour à la boutique',
  lookAgain: 'Chercher mon paiement',
  nothing:
    'La boutique n’accepte pas de paiement depuis un portefeuille en ce moment. Revenez à la boutique et choisissez un autre moyen de payer.',
  starting:
    'Les réseaux de test du bac à sable ne fonctionnent pas encore. Vérifiez de nouveau dans quelques secondes ; s’ils ne peuvent pas fonctionner sur cette machine, le journal du serveur dit pourquoi.',
  waiting: 'En attente de votre paiement.',
  priceEnded:
    'Ce prix n’est plus valable. Choisissez de nouveau pour obtenir un nouveau montant. Si vous avez déjà envoyé le précédent, ne faites rien : il est toujours attendu.',
  part: (arrived, rest) => `${arrived} sont arrivés. Il manque encore ${rest}. Envoyez le reste à la même adresse.`,
  confirming: (count, needed) => `${count} confirmations sur ${needed}`,
  mayLeave: 'Vous n’avez pas besoin d’attendre ici : la boutique est prévenue quand c’est terminé.',
  holdsFor: 'Ce prix est valable encore',
  until: 'Ce prix est valable jusqu’au',
  send: {
    title: 'Envoyez exactement ce montant',
    rest: 'Envoyez exactement le reste',
    amount: 'Montant',
    to: 'À',
    network: 'Réseau',
    token: 'Contrat du jeton',
    copy: (what) => `Copier : ${what}`,
    warning: (chain, symbol) =>
      `Envoyez des ${symbol} sur ${chain} et rien d’autre. Sur un autre réseau, ou avec un autre jeton, l’argent serait perdu.`,
    test: 'Ce réseau est un test qui tourne dans le bac à sable. N’envoyez jamais d’argent réel à cette adresse.',
    exact:
      'Les derniers chiffres distinguent votre paiement des autres : n’arrondissez pas le montant. Une plateforme d’échange peut prélever ses frais sur ce qui arrive.',
    qr: 'Code pour votre portefeuille : réseau, adresse et montant',
    wallet: 'Ouvrir dans un portefeuille sur cet appareil',
  },
  phone: {
    title: 'Payer avec votre téléphone',
    text: 'Scannez ce code avec l’appareil photo de votre téléphone : la même page s’y ouvre.',
    qr: 'Code qui ouvre cette page sur un téléphone',
    open: (app) => `Ouvrir dans ${app}`,
  },
  wallets: {
    title: 'Payer depuis votre portefeuille',
    straight: 'Votre portefeuille affiche encore une fois le montant avant que vous confirmiez.',
  },
  demo: {
    title: 'Portefeuille de démonstration',
    text: 'Seulement dans le bac à sable : il paie avec de l’argent de test, sans extension et sans clé.',
    pay: (amount) => `Payer ${amount} depuis le portefeuille de démonstration`,
  },
  stray: (amount) =>
    `${amount} sont arrivés dans le portefeuille de la boutique et n’ont pas pu être comptés pour ce paiement : trop tard, deux fois, ou avec un autre montant. Rien n’est perdu. Prévenez la boutique, qui peut les accepter ou les renvoyer.`,
  over: (amount) =>
    `Vous avez envoyé ${amount} de plus que demandé. Ils sont dans le portefeuille de la boutique : demandez-lui de les renvoyer.`,
  late: 'Votre paiement est arrivé après la fin du prix, et a été accepté quand même.',
  returning: 'Vous revenez à la boutique dans un instant.',
  partKept: (amount) =>
    `${amount} sont arrivés et sont dans le portefeuille de la boutique. Demandez-lui de les renvoyer, ou de faire une demande pour le reste.`,
  notices: {
    confirming: {
      title: 'Votre paiement est arrivé',
      text: 'Le réseau le confirme, ce qui prend un instant. N’envoyez rien de plus.',
    },
    paid: { title: 'Payé', text: 'La boutique a reçu votre paiement.' },
    expired: {
      title: 'Cette demande a expiré',
      text: 'N’envoyez plus rien. Demandez une nouvelle demande à la boutique. Si vous avez déjà envoyé l’argent, attendez : il est toujours cherché.',
    },
    cancelled: {
      title: 'Cette demande a été annulée',
      text: 'N’envoyez plus rien. Demandez une nouvelle demande à la boutique.',
    },
    unknown: {
      title: 'Ce paiement n’existe pas',
      text: 'Vérifiez l’adresse, ou demandez un nouveau lien à la boutique.',
    },
  },
  refused: {
    not_offered: 'La boutique ne l’accepte pas. Choisissez autre chose.',
    not_open: 'Ce paiement n’est plus ouvert.',
    no_free_amount: 'Trop de personnes paient en ce moment. Réessayez dans une minute, ou choisissez un autre jeton.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'Le portefeuille de démonstration n’a pas pu l’envoyer. Réessayez dans un instant.',
  },
  script: {
    pay: 'Payer {amount} avec {wallet}',
    unnamedWallet: 'le portefeuille du navigateur',
    noWallet:
      'Aucun portefeuille n’a été trouvé dans ce navigateur. Payez avec votre téléphone, ou envoyez le montant depuis n’importe quel portefeuille.',
    connecting: 'Autorisez la connexion dans votre portefeuille.',
    switching: 'Autorisez votre portefeuille à passer à {network}.',
    confirm: 'Vérifiez le montant et confirmez dans votre portefeuille.',
    sent: 'Envoyé. En attente du réseau.',
    mined: 'Le réseau l’a reçu. Il apparaît ici dans un instant.',
    replaced:
      'Votre portefeuille a remplacé ou annulé la transaction. Si vous l’avez accélérée, elle apparaît ici dans un instant. Si vous l’avez annulée, rien n’a été payé et vous pouvez payer de nouveau.',
    reverted: 'Le réseau a refusé la transaction et rien n’a été payé. Vérifiez votre solde et réessayez.',
    copied: 'Copié',
    changed: 'Le montant dû a changé. Regardez le nouveau montant et appuyez de nouveau.',
    busy: 'La page n’a pas pu joindre le serveur. Vérifiez votre connexion et appuyez de nouveau.',
    rejected: 'Vous avez refusé dans votre portefeuille. Rien n’a été envoyé.',
    pending: 'Votre portefeuille a déjà une question ouverte. Ouvrez-le et répondez-y.',
    locked: 'Votre portefeuille ne l’a pas permis. Déverrouillez-le, connectez un compte et appuyez de nouveau.',
    offline: 'Votre portefeuille n’est pas relié à {network}. Vérifiez-le dans le portefeuille et appuyez de nouveau.',
    wrongNetwork:
      'Votre portefeuille est sur un autre réseau. Passez à {network} et appuyez de nouveau. Rien n’a été envoyé.',
    addByHand:
      'Votre portefeuille ne connaît pas {network}. Ajoutez ce réseau dans ses réglages et appuyez de nouveau.',
    realNetwork:
      'Votre portefeuille est sur le vrai réseau {network}, et ceci est un test : rien n’a été envoyé. Réglez l’adresse RPC de ce réseau sur {rpc} dans votre portefeuille.',
    insufficient:
      'Ce compte n’a pas assez sur {network}. Choisissez un autre compte dans votre portefeuille, ou payez avec autre chose.',
    noFee: 'Ce compte n’a pas de {coin} pour les frais du réseau. Ajoutez-en un peu, ou choisissez un autre compte.',
    failed: 'Votre portefeuille n’a pas pu le faire. Il dit : {message}',
  },
}
