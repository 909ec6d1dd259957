import type { WidgetWords } from './words.ts'

const words: WidgetWords = {
  equal: 'Maksa {0} erässä, {1} kukin',
  unequal: '{0} tänään, sitten {1} × {2}',
  later: 'Maksa {0} viimeistään {1}',
  instalments: 'Maksa {0} erässä',
  payLater: 'Maksa myöhemmin',
  missing: 'Lisää {0}, niin voit maksaa {1} erässä',
  missingLater: 'Lisää {0}, niin voit maksaa myöhemmin',
  learnMore: 'Lue lisää',
  close: 'Sulje',
  today: 'Tänään',
  interestFree: 'Ilman korkoa',
  choose: 'Valitse kassalla maksu erissä.',
  chooseTravel: 'Valitse varatessasi maksu erissä.',
  confirm: 'Vahvista puhelimella ja kortilla.',
  thenByItself: 'Maksat ensimmäisen erän tänään. Muut veloitetaan kortiltasi mainittuina päivinä.',
  thenOnce: 'Koko summa veloitetaan kortiltasi mainittuna päivänä.',
}

export default words
