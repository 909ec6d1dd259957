import type { RequestWords } from './request-words.ts'

export const it: RequestWords = {
  payTitle: (name) => `Paga ${name}`,
  donateTitle: (name) => `Donazione a ${name}`,
  intro:
    'Il denaro passa dal tuo portafoglio direttamente a quello di chi lo riceve. Vedi l’importo esatto prima di inviare qualcosa.',
  amount: 'Importo',
  amountHint: 'Per esempio 25,00',
  currency: 'Valuta',
  forWhat: 'Per che cosa?',
  forWhatHint: 'Lo vede chi riceve. Puoi lasciarlo vuoto.',
  choose: 'Come vuoi pagare?',
  choice: (symbol, chain) => `${symbol} su ${chain}`,
  pay: 'Continua con il pagamento',
  donate: 'Continua con la donazione',
  nothing: 'Al momento qui non si accettano pagamenti da portafogli.',
  problems: {
    amount: 'Scrivi un importo, per esempio 25,00.',
    choice: 'Scegli una di queste possibilità.',
    price: 'In questo momento non c’è un prezzo affidabile. Scegli qualcos’altro o riprova tra un minuto.',
    tooMany: 'Troppe richieste in poco tempo. Riprova tra un’ora.',
  },
}
