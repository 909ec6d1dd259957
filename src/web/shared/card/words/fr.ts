import type { CardWords } from './card-words.ts'

const another = 'Rien n’a été débité. Utilisez une autre carte.'

export const fr: CardWords = {
  labels: { number: 'Numéro de carte', expiry: 'Date d’expiration', code: 'Code de sécurité' },
  hints: { expiry: 'Mois/année : MM/AA', code: '3 ou 4 chiffres' },
  testCards: {
    title: 'Cartes de test',
    approved: 'Acceptée',
    declined: 'Refusée',
    rest: 'N’importe quelle date future et n’importe quel code de sécurité conviennent.',
  },
  problemsTitle: 'Vérifiez les données de votre carte',
  problems: {
    number_missing: 'Saisissez le numéro de votre carte',
    number_format: 'Vérifiez le numéro de carte : un chiffre manque ou est erroné',
    expiry_missing: 'Saisissez la date d’expiration',
    expiry_format: 'Saisissez la date d’expiration en mois et année, par exemple 04/29',
    expiry_past: 'Cette carte a expiré : saisissez une date future',
    code_missing: 'Saisissez le code de sécurité',
    code_format: 'Le code de sécurité comporte 3 ou 4 chiffres',
  },
  declinedTitle: 'Votre carte n’a pas été acceptée',
  declined: {
    card_declined: `Votre banque a refusé le paiement. ${another}`,
    insufficient_funds: `Le solde disponible sur cette carte est insuffisant. ${another}`,
    expired_card: `Cette carte a expiré. ${another}`,
    invalid_card_number:
      'Aucune carte ne porte ce numéro. Rien n’a été débité. Vérifiez-le ou utilisez une autre carte.',
    invalid_expiry: 'La date d’expiration ne correspond pas à la carte. Rien n’a été débité. Vérifiez-la.',
    incorrect_security_code: 'Le code de sécurité ne correspond pas à la carte. Rien n’a été débité. Vérifiez-le.',
    lost_or_stolen_card: `Votre banque a refusé le paiement. ${another}`,
    suspected_fraud: `Votre banque a refusé le paiement. ${another}`,
    not_permitted: `Cette carte ne peut pas servir à ce paiement. ${another}`,
    limit_exceeded: `Le paiement dépasse le plafond de cette carte. ${another}`,
    authentication_required: `Votre banque n’a pas pu confirmer votre identité. ${another}`,
    issuer_unavailable: 'Votre banque n’a pas répondu. Rien n’a été débité. Réessayez ou utilisez une autre carte.',
    duplicate: 'Le paiement n’a pas abouti. Rien n’a été débité. Réessayez.',
    processing_error: 'Le paiement n’a pas abouti. Rien n’a été débité. Réessayez ou utilisez une autre carte.',
    outcome_unknown: 'Le paiement n’a pas abouti. Réessayez ou utilisez une autre carte.',
  },
}
