import type { AccountWords } from './account-words.ts'

export const it: AccountWords = {
  title: 'Il tuo account',
  plans: {
    title: 'I tuoi acquisti',
    none: 'Non hai ancora acquisti.',
    owed: 'Ancora da pagare',
    instalment: (number, count) => `Pagamento ${number} di ${count}`,
  },
  statuses: { scheduled: 'Previsto', paid: 'Pagato', overdue: 'In ritardo', cancelled: 'Annullato' },
  payNow: 'Paga ora',
  payAll: 'Paga tutto',
  results: {
    paid: 'Pagato. Grazie.',
    declined: 'La carta è stata rifiutata. Usane un’altra.',
    unknown: 'La banca non ha ancora risposto. Non addebitiamo nulla due volte.',
    nothing_done: 'Non c’era nulla da pagare.',
  },
  cards: {
    title: 'Le tue carte',
    none: 'Non hai carte salvate.',
    isDefault: 'Predefinita',
    makeDefault: 'Rendi predefinita',
    remove: 'Rimuovi',
    inUse: 'La carta di un acquisto aperto si può rimuovere quando è pagato.',
  },
  sessions: { title: 'Dove hai effettuato l’accesso', here: 'Questo dispositivo', end: 'Termina' },
  data: { title: 'I tuoi dati', download: 'Scarica' },
}
