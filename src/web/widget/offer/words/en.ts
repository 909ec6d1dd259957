import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Pay in {0} instalments of {1}',
  unequal: '{0} today, then {1} × {2}',
  later: 'Pay {0} on {1}',
  instalments: 'Pay in {0} instalments',
  payLater: 'Pay later',
  missing: 'Add {0} to pay in {1} instalments',
  missingLater: 'Add {0} to pay later',
  learnMore: 'Learn more',
  close: 'Close',
  today: 'Today',
  interestFree: 'No interest',
  choose: 'Choose to pay in instalments at the checkout.',
  chooseTravel: 'Choose to pay in instalments when you book.',
  confirm: 'Confirm with your phone and a card.',
  thenByItself: 'You pay the first instalment today. The others are taken from your card on the days shown.',
  thenOnce: 'The whole amount is taken from your card on the day shown.',
}

export default words
