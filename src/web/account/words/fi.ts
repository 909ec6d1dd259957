import type { AccountWords } from './account-words.ts'

export const fi: AccountWords = {
  title: 'Tilisi',
  plans: {
    title: 'Ostoksesi',
    none: 'Sinulla ei ole vielä ostoksia.',
    owed: 'Maksamatta',
    instalment: (number, count) => `Maksu ${number}/${count}`,
  },
  statuses: { scheduled: 'Tulossa', paid: 'Maksettu', overdue: 'Myöhässä', cancelled: 'Peruttu' },
  payNow: 'Maksa nyt',
  payAll: 'Maksa kaikki',
  results: {
    paid: 'Maksettu. Kiitos.',
    declined: 'Korttisi hylättiin. Käytä toista.',
    unknown: 'Pankkisi ei ole vielä vastannut. Mitään ei veloiteta kahdesti.',
    nothing_done: 'Maksettavaa ei ollut.',
  },
  cards: {
    title: 'Korttisi',
    none: 'Sinulla ei ole tallennettuja kortteja.',
    isDefault: 'Oletus',
    makeDefault: 'Aseta oletukseksi',
    remove: 'Poista',
    inUse: 'Avoimen ostoksen kortin voi poistaa, kun ostos on maksettu.',
  },
  sessions: { title: 'Missä olet kirjautuneena', here: 'Tämä laite', end: 'Lopeta' },
  data: { title: 'Tietosi', download: 'Lataa' },
}
