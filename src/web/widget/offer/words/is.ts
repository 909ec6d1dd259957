import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Borgaðu {0} × {1}',
  unequal: '{0} í dag, síðan {1} × {2}',
  later: 'Borgaðu {0} þann {1}',
  instalments: 'Borgaðu með {0} afborgunum',
  payLater: 'Borgaðu síðar',
  missing: 'Bættu við {0} til að borga með {1} afborgunum',
  missingLater: 'Bættu við {0} til að borga síðar',
  learnMore: 'Nánar',
  close: 'Loka',
  today: 'Í dag',
  interestFree: 'Án vaxta',
  choose: 'Veldu afborganir þegar þú gengur frá kaupum.',
  chooseTravel: 'Veldu afborganir þegar þú bókar.',
  confirm: 'Staðfestu með síma og korti.',
  thenByItself: 'Fyrstu afborgun greiðir þú í dag. Hinar eru teknar af kortinu á þessum dögum.',
  thenOnce: 'Öll upphæðin er tekin af kortinu á þessum degi.',
}

export default words
