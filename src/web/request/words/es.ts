import type { RequestWords } from './request-words.ts'

export const es: RequestWords = {
  payTitle: (name) => `Pagar a ${name}`,
  donateTitle: (name) => `Donación a ${name}`,
  intro: 'El dinero va de tu monedero directamente al de quien lo recibe. Ves el importe exacto antes de enviar nada.',
  amount: 'Importe',
  amountHint: 'Por ejemplo 25,00',
  currency: 'Moneda',
  forWhat: '¿Para qué es?',
  forWhatHint: 'Lo ve quien recibe. Puedes dejarlo vacío.',
  choose: '¿Cómo quieres pagar?',
  choice: (symbol, chain) => `${symbol} en ${chain}`,
  pay: 'Continuar con el pago',
  donate: 'Continuar con la donación',
  nothing: 'Ahora mismo aquí no se aceptan pagos desde monederos.',
  problems: {
    amount: 'Escribe un importe, por ejemplo 25,00.',
    choice: 'Elige una de estas opciones.',
    price: 'Ahora mismo no hay un precio fiable. Elige otra opción o inténtalo de nuevo en un minuto.',
    tooMany: 'Demasiadas solicitudes en poco tiempo. Inténtalo de nuevo dentro de una hora.',
  },
}
