import type { AccountWords } from './account-words.ts'

export const nl: AccountWords = {
  title: 'Je account',
  plans: {
    title: 'Je aankopen',
    none: 'Je hebt nog geen aankopen.',
    owed: 'Nog te betalen',
    instalment: (number, count) => `Betaling ${number} van ${count}`,
  },
  statuses: { scheduled: 'Gepland', paid: 'Betaald', overdue: 'Te laat', cancelled: 'Geannuleerd' },
  lateFee: (amount) => `aanmaningskosten van ${amount}`,
  payNow: 'Nu betalen',
  payAll: 'Alles betalen',
  payAllHint: (count) => `Op je afschrift zie je dit als ${count} betalingen.`,
  results: {
    paid: 'Betaald. Bedankt.',
    declined: 'Je kaart is geweigerd. Gebruik een andere.',
    unknown: 'Je bank heeft nog niet geantwoord. Er wordt niets twee keer afgeschreven.',
    nothing_done: 'Er viel niets te betalen.',
    changed: 'Het bedrag is intussen veranderd. Kijk nog eens.',
  },
  cards: {
    title: 'Je kaarten',
    none: 'Je hebt geen bewaarde kaarten.',
    isDefault: 'Standaard',
    makeDefault: 'Standaard maken',
    remove: 'Verwijderen',
    inUse: 'De kaart van een open aankoop kan weg zodra die is betaald.',
  },
  sessions: { title: 'Waar je bent ingelogd', here: 'Dit apparaat', end: 'Beëindigen', endAll: 'Overal uitloggen' },
  data: {
    title: 'Je gegevens',
    download: 'Downloaden',
    language: 'Taal van onze berichten',
    save: 'Opslaan',
    erase: 'Mijn account verwijderen',
  },
  erasing: {
    title: 'Je account verwijderen?',
    text: 'We vergeten je naam, je contactgegevens, je kaarten en onze berichten voorgoed. Je aankopen blijven in de boeken van de winkels, zonder je account.',
    confirm: 'Voorgoed verwijderen',
    keep: 'Mijn account houden',
    open: 'Er staat nog iets open: zodra alles betaald is, kun je je account verwijderen.',
    done: { title: 'Je account is verwijderd', text: 'Van jou bewaren we alleen de bedragen in de boeken. Bedankt.' },
  },
  receipt: {
    title: 'Bon',
    print: 'Afdrukken',
    payments: 'Betalingen',
    paidBack: 'Terugbetaald',
    back: 'Terug naar je account',
  },
}
