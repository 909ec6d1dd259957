import type { CardWords } from './card-words.ts'

const another = 'No se ha cobrado nada. Usa otra tarjeta.'

export const es: CardWords = {
  labels: { number: 'Número de tarjeta', expiry: 'Fecha de caducidad', code: 'Código de seguridad' },
  hints: { expiry: 'Mes/año: MM/AA', code: '3 o 4 cifras' },
  testCards: {
    title: 'Tarjetas de prueba',
    approved: 'Aceptada',
    declined: 'Rechazada',
    rest: 'Sirven cualquier fecha futura y cualquier código de seguridad.',
  },
  problemsTitle: 'Revisa los datos de tu tarjeta',
  problems: {
    number_missing: 'Escribe el número de tu tarjeta',
    number_format: 'Revisa el número de la tarjeta: falta o sobra una cifra, o hay un error',
    expiry_missing: 'Escribe la fecha de caducidad',
    expiry_format: 'Escribe la caducidad como mes y año, por ejemplo 04/29',
    expiry_past: 'Esta tarjeta ha caducado: escribe una fecha futura',
    code_missing: 'Escribe el código de seguridad',
    code_format: 'El código de seguridad tiene 3 o 4 cifras',
  },
  declinedTitle: 'Tu tarjeta no ha sido aceptada',
  declined: {
    card_declined: `Tu banco ha rechazado el pago. ${another}`,
    insufficient_funds: `No hay saldo suficiente en esta tarjeta. ${another}`,
    expired_card: `Esta tarjeta ha caducado. ${another}`,
    invalid_card_number:
      'No existe ninguna tarjeta con este número. No se ha cobrado nada. Revísalo o usa otra tarjeta.',
    invalid_expiry: 'La caducidad no corresponde a la tarjeta. No se ha cobrado nada. Revísala.',
    incorrect_security_code: 'El código de seguridad no corresponde a la tarjeta. No se ha cobrado nada. Revísalo.',
    lost_or_stolen_card: `Tu banco ha rechazado el pago. ${another}`,
    suspected_fraud: `Tu banco ha rechazado el pago. ${another}`,
    not_permitted: `Esta tarjeta no se puede usar para este pago. ${another}`,
    limit_exceeded: `El pago supera el límite de esta tarjeta. ${another}`,
    authentication_required: `Tu banco no ha podido confirmar que eres tú. ${another}`,
    issuer_unavailable: 'Tu banco no ha respondido. No se ha cobrado nada. Inténtalo de nuevo o usa otra tarjeta.',
    duplicate: 'El pago no se ha realizado. No se ha cobrado nada. Inténtalo de nuevo.',
    processing_error: 'El pago no se ha realizado. No se ha cobrado nada. Inténtalo de nuevo o usa otra tarjeta.',
    outcome_unknown: 'El pago no se ha realizado. Inténtalo de nuevo o usa otra tarjeta.',
  },
}
