import type { CommonWords } from './common-words.ts'

export const it: CommonWords = {
  skip: 'Vai al contenuto',
  language: 'Lingua',
  sandbox: 'Sandbox',
  sandboxFooter: 'Questa è una prova: nessun denaro reale viene mosso.',
  errorPrefix: 'Errore',
  tryAgain: 'Riprova',
  errorReference: 'Riferimento',
  notices: {
    notFound: {
      title: 'Non troviamo questa pagina',
      text: 'Il link potrebbe essere incompleto. Aprilo di nuovo da dove l’hai trovato.',
    },
    wrongMethod: { title: 'Qui non è possibile', text: 'Torna indietro e apri di nuovo la pagina.' },
    badRequest: {
      title: 'Non riusciamo a leggere i dati inviati',
      text: 'Non ti è stato addebitato nulla. Torna indietro e compila di nuovo il modulo.',
    },
    tooManyTries: {
      title: 'Troppi tentativi',
      text: 'Sono state rifiutate troppe carte. Attendi un’ora oppure scegli un altro modo di pagare nel negozio.',
    },
    unavailable: {
      title: 'Riprova tra un momento',
      text: 'Al momento non possiamo rispondere. Se hai appena pagato, riaprendo la pagina vedrai com’è andata.',
    },
    failed: {
      title: 'Qualcosa è andato storto da parte nostra',
      text: 'Riapri la pagina prima di pagare: mostra se il pagamento è andato a buon fine.',
    },
  },
}
