import type { Words } from './words.ts'

export const es: Words = {
  orderReference: 'Pedido',
  planTitle: 'Tus pagos',
  today: 'Hoy',
  heading: {
    instalments: (count) => `en ${count} pagos, sin intereses`,
    later: (date) => `a pagar antes del ${date}, sin intereses`,
  },
  formTitle: 'Pagar con tarjeta',
  payToday: (amount) => `Pagar ${amount} hoy`,
  payLater: 'Confirmar y pagar después',
  cancel: 'Cancelar y volver a la tienda',
  privacy: 'La tienda nunca ve los datos de tu tarjeta.',
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
  chooseProduct: '¿Cómo quieres pagar?',
  products: { instalments: (count) => `Pagar en ${count} plazos`, later: 'Pagar más tarde' },
  profile: {
    title: 'Dinos quién eres',
    text: 'Solo lo preguntamos una vez, para abrir tu cuenta.',
    labels: {
      givenNames: 'Nombre',
      surname: 'Apellidos',
      birthDate: 'Fecha de nacimiento',
      address: 'Calle y número',
      postcode: 'Código postal',
      city: 'Ciudad',
      country: 'País',
    },
    birthDateHint: 'Día/mes/año, por ejemplo 31/01/1990',
    other: { email: 'Correo para los recibos', sms: 'Móvil para avisos de tus pagos' },
    otherHint: 'Puedes dejarlo vacío.',
    problems: {
      missing: 'Rellena este campo',
      format: 'Revisa este campo',
      too_young: 'Debes tener 18 años o más para comprar así',
    },
    button: 'Continuar',
    problemsTitle: 'Revisa lo que has escrito',
  },
  confirmTitle: 'Revisa y confirma',
  payWith: 'Pagar con',
  savedCard: (brand, last4) => `${brand} terminada en ${last4}`,
  anotherCard: 'Otra tarjeta',
  cardIsKept: 'Guardamos la tarjeta para los próximos pagos. Puedes cambiarla en tu cuenta.',
  terms: {
    instalments: 'Al confirmar aceptas pagar en estas fechas y que cobremos cada pago de esta tarjeta.',
    later: (date) => `Al confirmar aceptas que cobremos el importe completo de esta tarjeta el ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} tras ${days} ${days === 1 ? 'día' : 'días'} de demora`,
  lateFees: (stages, most, share) =>
    `Si pagas tarde, se añade un recargo: ${stages}; como máximo ${most} por pago y ${share} del pedido.`,
  signedInAs: (contact) => `Eres ${contact}.`,
  timeLeft: 'Tiempo restante:',
  refused: {
    title: 'No podemos ofrecerte esta compra',
    amount_out_of_limits:
      'El importe está fuera de lo que esta tienda permite pagar así. Elige otra forma de pago en la tienda.',
    shopper_blocked: 'Tu cuenta no puede usarse para nuevas compras. Elige otra forma de pago en la tienda.',
    instalments_overdue: 'Tienes un pago vencido. Págalo en tu cuenta y podrás comprar de nuevo.',
    exposure_too_high:
      'Con este pedido deberías más de lo que podemos adelantarte ahora. Paga una parte en tu cuenta o elige otra forma de pago en la tienda.',
    too_many_orders: 'Hoy has confirmado varios pedidos. Inténtalo mañana o elige otra forma de pago en la tienda.',
    card_expires_too_early: 'Esta tarjeta caduca antes de tu último pago. Usa una tarjeta válida durante más tiempo.',
  },
  bank: {
    title: 'Tu banco quiere comprobar que eres tú',
    text: 'Continúa en tu banco. Volverás aquí automáticamente.',
    button: 'Continuar en el banco',
  },
  somebodyElses: {
    title: 'Este pedido es de otra persona',
    text: 'Se confirmó desde otra cuenta. Si fuiste tú, inicia sesión con ese número o correo.',
  },
  noAcquirer: { title: 'Esta tienda no acepta pagos aquí ahora', text: 'Elige otra forma de pago en la tienda.' },
  change: 'Cambiar',
}
