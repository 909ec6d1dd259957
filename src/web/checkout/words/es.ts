import type { Words } from './words.ts'

const another = 'No se ha cobrado nada. Usa otra tarjeta.'

export const es: Words = {
  orderReference: 'Pedido',
  planTitle: 'Tus pagos',
  today: 'Hoy',
  total: 'Total',
  heading: {
    instalments: (count) => `en ${count} pagos, sin intereses`,
    later: (date) => `a pagar antes del ${date}, sin intereses`,
  },
  formTitle: 'Pagar con tarjeta',
  labels: { number: 'Número de tarjeta', expiry: 'Fecha de caducidad', code: 'Código de seguridad' },
  hints: { expiry: 'Mes/año: MM/AA', code: '3 o 4 cifras' },
  payToday: (amount) => `Pagar ${amount} hoy`,
  payLater: 'Confirmar y pagar después',
  cancel: 'Cancelar y volver a la tienda',
  privacy: 'La tienda nunca ve los datos de tu tarjeta.',
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
  backToShop: 'Volver a la tienda',
  refresh: 'Comprobar de nuevo',
  notices: {
    howItWorks: {
      title: 'Compra ahora, paga poco a poco',
      text: 'Elígelo al pagar en tu tienda y confirma con tu tarjeta. Pagas en 3 o 4 plazos mensuales, el primero hoy, o todo a los 14 días. Sin intereses.',
    },
    checking: {
      title: 'Estamos comprobando tu pago',
      text: 'Tu banco tarda más de lo normal en responder. No pagues otra vez: este pedido no se puede cobrar dos veces.',
    },
    paid: { title: 'Tu pago está aprobado', text: 'Vuelve a la tienda para terminar tu pedido.' },
    paidByLink: { title: 'Tu pago está aprobado', text: 'No tienes que hacer nada más: puedes cerrar esta página.' },
    expired: {
      title: 'Este pago ha caducado',
      text: 'Ha pasado demasiado tiempo: el pedido se ha cerrado y no se ha cobrado nada. Puedes empezar de nuevo en la tienda.',
    },
    ended: {
      title: 'Este pedido está cerrado',
      text: 'No queda nada por pagar. Si tienes alguna pregunta, la tienda puede ayudarte.',
    },
    unknown: {
      title: 'No encontramos este pago',
      text: 'Puede que el enlace esté incompleto. Vuelve a la tienda y abre el pago desde allí.',
    },
  },
}
