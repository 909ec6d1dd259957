import type { SignInWords } from './sign-in-words.ts'

export const fr: SignInWords = {
  contact: {
    title: 'Votre numéro ou votre e-mail',
    text: 'Nous vous envoyons un code. Aucun mot de passe n’est nécessaire.',
    labels: { both: 'Numéro de mobile ou adresse e-mail', email: 'Adresse e-mail', sms: 'Numéro de mobile' },
    button: 'Continuer',
  },
  contactProblems: {
    missing: 'Saisissez votre numéro de mobile ou votre adresse e-mail',
    format: 'Saisissez un numéro avec l’indicatif du pays, comme +33 6 12 34 56 78, ou une adresse e-mail',
    no_channel: 'Nous ne pouvons pas y envoyer de code. Utilisez l’autre : e-mail ou mobile.',
    too_many: 'Trop de codes ont été demandés. Réessayez dans une heure.',
  },
  code: {
    title: 'Saisissez votre code',
    text: (contact) => `Nous avons envoyé un code à 6 chiffres à ${contact}.`,
    label: 'Code',
    button: 'Continuer',
  },
  codeProblems: {
    missing: 'Saisissez les 6 chiffres du code',
    wrong: (left) => `Ce code n’est pas correct. Essais restants : ${left}`,
    over: 'Ce code n’est plus valable. Demandez-en un nouveau.',
  },
  remember: 'Se souvenir de moi sur cet appareil',
  resend: 'Envoyer un nouveau code',
  tooSoon: (seconds) => `Un code est en route. Vous pourrez en demander un autre dans ${seconds} secondes.`,
  other: 'Utiliser un autre numéro ou une autre adresse',
  sandbox: { title: 'Bac à sable', text: (code) => `Le code est toujours ${code}.` },
  stale: {
    title: 'Réessayez',
    text: 'La page est restée ouverte trop longtemps, ou votre navigateur ne garde pas les cookies. Rien n’a été débité.',
  },
  signOut: 'Se déconnecter',
}
