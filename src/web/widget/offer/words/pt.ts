import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Pague em {0} prestações de {1}',
  unequal: '{0} hoje, depois {1} × {2}',
  later: 'Pague {0} a {1}',
  instalments: 'Pague em {0} prestações',
  payLater: 'Pague depois',
  missing: 'Adicione {0} para pagar em {1} prestações',
  missingLater: 'Adicione {0} para pagar depois',
  learnMore: 'Saber mais',
  close: 'Fechar',
  today: 'Hoje',
  interestFree: 'Sem juros',
  choose: 'Escolha pagar em prestações ao finalizar a compra.',
  chooseTravel: 'Escolha pagar em prestações ao reservar.',
  confirm: 'Confirme com o telemóvel e um cartão.',
  thenByItself: 'Paga hoje a primeira prestação. As outras são cobradas no cartão nos dias indicados.',
  thenOnce: 'O valor total é cobrado no cartão no dia indicado.',
}

export default words
