import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Paga en {0} plazos de {1}',
  unequal: '{0} hoy, luego {1} × {2}',
  later: 'Paga {0} el {1}',
  instalments: 'Paga en {0} plazos',
  payLater: 'Paga después',
  missing: 'Añade {0} para pagar en {1} plazos',
  missingLater: 'Añade {0} para pagar después',
  learnMore: 'Más información',
  close: 'Cerrar',
  today: 'Hoy',
  interestFree: 'Sin intereses',
  choose: 'Elige pagar a plazos al finalizar la compra.',
  chooseTravel: 'Elige pagar a plazos al reservar.',
  confirm: 'Confirma con tu teléfono y una tarjeta.',
  thenByItself: 'Pagas hoy el primer plazo. Los demás se cobran en tu tarjeta los días indicados.',
  thenOnce: 'El importe total se cobra en tu tarjeta el día indicado.',
}

export default words
