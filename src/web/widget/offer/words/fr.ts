import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Payez en {0} fois {1}',
  unequal: '{0} aujourd’hui, puis {1} × {2}',
  later: 'Payez {0} le {1}',
  instalments: 'Payez en {0} fois',
  payLater: 'Payez plus tard',
  missing: 'Ajoutez {0} pour payer en {1} fois',
  missingLater: 'Ajoutez {0} pour payer plus tard',
  learnMore: 'En savoir plus',
  close: 'Fermer',
  today: 'Aujourd’hui',
  interestFree: 'Sans intérêts',
  choose: 'Choisissez de payer en plusieurs fois à la caisse.',
  chooseTravel: 'Choisissez de payer en plusieurs fois à la réservation.',
  confirm: 'Confirmez avec votre téléphone et une carte.',
  thenByItself:
    'Vous payez la première échéance aujourd’hui. Les autres sont prélevées sur votre carte aux dates indiquées.',
  thenOnce: 'Le montant total est prélevé sur votre carte à la date indiquée.',
}

export default words
