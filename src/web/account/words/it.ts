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
  lateFee: (amount) => `mora di ${amount}`,
  payNow: 'Paga ora',
  payAll: 'Paga tutto',
  payAllHint: (count) => `Sull’estratto conto compaiono ${count} pagamenti.`,
  results: {
    paid: 'Pagato. Grazie.',
    declined: 'La carta è stata rifiutata. Usane un’altra.',
    unknown: 'La banca non ha ancora risposto. Non addebitiamo nulla due volte.',
    nothing_done: 'Non c’era nulla da pagare.',
    changed: 'Nel frattempo l’importo è cambiato. Ricontrolla.',
  },
  cards: {
    title: 'Le tue carte',
    none: 'Non hai carte salvate.',
    isDefault: 'Predefinita',
    makeDefault: 'Rendi predefinita',
    remove: 'Rimuovi',
    inUse: 'La carta di un acquisto aperto si può rimuovere quando è pagato.',
  },
  sessions: {
    title: 'Dove hai effettuato l’accesso',
    here: 'Questo dispositivo',
    end: 'Termina',
    endAll: 'Esci da tutti i dispositivi',
  },
  data: {
    title: 'I tuoi dati',
    download: 'Scarica',
    language: 'Lingua dei nostri messaggi',
    save: 'Salva',
    erase: 'Elimina il mio account',
  },
  erasing: {
    title: 'Eliminare il tuo account?',
    text: 'Dimentichiamo per sempre il tuo nome, i tuoi contatti, le tue carte e i nostri messaggi. I tuoi acquisti restano nei registri dei negozi, senza il tuo account.',
    confirm: 'Elimina per sempre',
    keep: 'Mantieni il mio account',
    open: 'C’è ancora qualcosa in sospeso: quando tutto sarà pagato potrai eliminare il tuo account.',
    done: {
      title: 'Il tuo account è stato eliminato',
      text: 'Di te conserviamo solo gli importi nei registri. Grazie.',
    },
  },
  receipt: {
    title: 'Ricevuta',
    print: 'Stampa',
    payments: 'Pagamenti',
    paidBack: 'Rimborsato',
    back: 'Torna al tuo account',
  },
}
