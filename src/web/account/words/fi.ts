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
  lateFee: (amount) => `viivästysmaksu ${amount}`,
  payNow: 'Maksa nyt',
  payAll: 'Maksa kaikki',
  payAllHint: (count) => `Tiliotteellasi tämä näkyy ${count} maksuna.`,
  results: {
    paid: 'Maksettu. Kiitos.',
    declined: 'Korttisi hylättiin. Käytä toista.',
    unknown: 'Pankkisi ei ole vielä vastannut. Mitään ei veloiteta kahdesti.',
    nothing_done: 'Maksettavaa ei ollut.',
    changed: 'Summa on sillä välin muuttunut. Tarkista se uudelleen.',
  },
  cards: {
    title: 'Korttisi',
    none: 'Sinulla ei ole tallennettuja kortteja.',
    isDefault: 'Oletus',
    makeDefault: 'Aseta oletukseksi',
    remove: 'Poista',
    inUse: 'Avoimen ostoksen kortin voi poistaa, kun ostos on maksettu.',
  },
  sessions: {
    title: 'Missä olet kirjautuneena',
    here: 'Tämä laite',
    end: 'Lopeta',
    endAll: 'Kirjaudu ulos kaikkialta',
  },
  data: {
    title: 'Tietosi',
    download: 'Lataa',
    language: 'Viestiemme kieli',
    save: 'Tallenna',
    erase: 'Poista tilini',
  },
  erasing: {
    title: 'Poistetaanko tilisi?',
    text: 'Unohdamme nimesi, yhteystietosi, korttisi ja viestimme pysyvästi. Ostoksesi jäävät kauppojen kirjanpitoon ilman tiliäsi.',
    confirm: 'Poista pysyvästi',
    keep: 'Säilytä tilini',
    open: 'Jotain on vielä avoinna: kun kaikki on maksettu, voit poistaa tilisi.',
    done: { title: 'Tilisi on poistettu', text: 'Säilytämme sinusta vain summat kirjanpidossa. Kiitos.' },
  },
  receipt: {
    title: 'Kuitti',
    print: 'Tulosta',
    payments: 'Maksut',
    paidBack: 'Palautettu',
    back: 'Takaisin tilillesi',
  },
}
