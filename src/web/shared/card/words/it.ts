import type { CardWords } from './card-words.ts'

const another = 'Non ti è stato addebitato nulla. Usa un’altra carta.'

export const it: CardWords = {
  labels: { number: 'Numero della carta', expiry: 'Data di scadenza', code: 'Codice di sicurezza' },
  hints: { expiry: 'Mese/anno: MM/AA', code: '3 o 4 cifre' },
  testCards: {
    title: 'Carte di prova',
    approved: 'Accettata',
    declined: 'Rifiutata',
    rest: 'Vanno bene qualsiasi scadenza futura e qualsiasi codice di sicurezza.',
  },
  problemsTitle: 'Controlla i dati della carta',
  problems: {
    number_missing: 'Inserisci il numero della carta',
    number_format: 'Controlla il numero della carta: una cifra manca o è sbagliata',
    expiry_missing: 'Inserisci la data di scadenza',
    expiry_format: 'Inserisci la scadenza come mese e anno, per esempio 04/29',
    expiry_past: 'Questa carta è scaduta: inserisci una data futura',
    code_missing: 'Inserisci il codice di sicurezza',
    code_format: 'Il codice di sicurezza ha 3 o 4 cifre',
  },
  declinedTitle: 'La carta non è stata accettata',
  declined: {
    card_declined: `La tua banca ha rifiutato il pagamento. ${another}`,
    insufficient_funds: `Il credito disponibile su questa carta non basta. ${another}`,
    expired_card: `Questa carta è scaduta. ${another}`,
    invalid_card_number:
      'Non esiste una carta con questo numero. Non ti è stato addebitato nulla. Controllalo o usa un’altra carta.',
    invalid_expiry: 'La data di scadenza non corrisponde alla carta. Non ti è stato addebitato nulla. Controllala.',
    incorrect_security_code:
      'Il codice di sicurezza non corrisponde alla carta. Non ti è stato addebitato nulla. Controllalo.',
    lost_or_stolen_card: `La tua banca ha rifiutato il pagamento. ${another}`,
    suspected_fraud: `La tua banca ha rifiutato il pagamento. ${another}`,
    not_permitted: `Questa carta non può essere usata per questo pagamento. ${another}`,
    limit_exceeded: `Il pagamento supera il limite di questa carta. ${another}`,
    authentication_required: `La tua banca non ha potuto confermare la tua identità. ${another}`,
    issuer_unavailable: 'La tua banca non ha risposto. Non ti è stato addebitato nulla. Riprova o usa un’altra carta.',
    duplicate: 'Il pagamento non è andato a buon fine. Non ti è stato addebitato nulla. Riprova.',
    processing_error:
      'Il pagamento non è andato a buon fine. Non ti è stato addebitato nulla. Riprova o usa un’altra carta.',
    outcome_unknown: 'Il pagamento non è andato a buon fine. Riprova o usa un’altra carta.',
  },
}
