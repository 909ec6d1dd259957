import type { MessageWords } from './message-words.ts'

export const es: MessageWords = {
  code: {
    subject: (code) => `Tu código: ${code}`,
    text: (code, minutes) => `Tu código es ${code}. Vale durante ${minutes} minutos.`,
    warning: 'Ni la tienda ni nosotros te lo pediremos nunca.',
  },
  pay_link: {
    subject: (shop) => `Tu pago a ${shop}`,
    text: (shop, amount) => `${shop} te pide que pagues ${amount}.`,
    button: 'Abrir la página de pago',
  },
  invitation: {
    subject: (shop) => `Invitación a ${shop}`,
    text: (by, shop, days) =>
      `${by} le invita al portal de vendedores de ${shop}. El enlace sirve una vez, durante ${days} días.`,
    warning: 'Si no conoce al remitente, no haga nada: no ocurrirá nada.',
    button: 'Aceptar la invitación',
  },
  order_confirmed: {
    subject: (shop) => `Tu pedido en ${shop} está confirmado`,
    text: (shop, total) => `Gracias: has comprado por ${total} en ${shop}. Así pagas:`,
    plan: 'Tus pagos',
  },
  charged_soon: {
    subject: (shop) => `Tu próximo pago a ${shop}`,
    text: (amount, shop, date) => `El ${date} cobraremos ${amount} de tu tarjeta por tu pedido en ${shop}.`,
  },
  charged: {
    subject: (amount) => `Has pagado ${amount}`,
    text: (amount, shop) => `Hemos cobrado ${amount} por tu pedido en ${shop}. Gracias.`,
    lateFee: (fee) => `De ello, ${fee} son el recargo por demora.`,
  },
  charge_failed: {
    subject: 'No se ha podido cobrar tu pago',
    text: (amount, shop) => `No hemos podido cobrar ${amount} por tu pedido en ${shop}.`,
    next: (date) => `Lo intentaremos de nuevo el ${date}.`,
    lateFee: (fee, date) => `Si no se paga antes del ${date}, se añade un recargo por demora de ${fee}.`,
    help: 'Puedes pagar ahora o elegir otra tarjeta en tu cuenta.',
  },
  refunded: {
    subject: (shop) => `Reembolso de ${shop}`,
    text: (amount, shop) => `${shop} te reembolsa ${amount}.`,
    toCard: (amount) => `${amount} vuelven a tu tarjeta. Tu banco lo mostrará en 5 a 10 días laborables.`,
    offPlan: (amount) => `${amount} se han descontado de los pagos pendientes.`,
  },
  cancelled: {
    subject: (shop) => `Tu pedido en ${shop} está cancelado`,
    text: (total, shop) => `Tu pedido de ${total} en ${shop} ha sido cancelado. No se cobrará nada más de tu tarjeta.`,
  },
  late_fee: {
    subject: 'Se ha añadido un recargo por demora',
    text: (fee, shop, payable) =>
      `Se han añadido ${fee} porque un pago de tu pedido en ${shop} está vencido. Ahora hay que pagar ${payable} por él.`,
    help: 'Paga ahora en tu cuenta.',
  },
  late_fee_waived: {
    subject: 'Tu recargo por demora queda anulado',
    text: (fee, shop) =>
      `Anulamos el recargo por demora de ${fee} de tu pedido en ${shop}. Lo que ya hayas pagado de él vuelve a tu tarjeta.`,
  },
  overdue: {
    subject: 'Un pago está vencido',
    text: (amount, shop) =>
      `${amount} por tu pedido en ${shop} están vencidos. Págalos en tu cuenta; hasta entonces no puedes hacer nuevas compras.`,
  },
  card: (brand, last4) => `Tarjeta ${brand} terminada en ${last4}`,
  account: 'Abrir tu cuenta',
  footer: 'Recibes este mensaje porque esta dirección se usó para una compra o una cuenta.',
}
