import type { Refusals } from './refusals.ts'

const reload = 'Ricarica la pagina per vedere come sta ora l’ordine.'
const notForOrder = `Con questo ordine non si può fare. ${reload}`

/** Everything that the server refuses, in Italian. */
export const refusalsIt: Refusals = {
  unreachable: 'Il server non si raggiunge. Controlla la connessione e riprova.',
  unavailable: 'La banca dati non si raggiunge. Non risulta cambiato nulla; riprova tra poco.',
  unexpected: 'Qualcosa è andato storto da parte nostra. Riprova, o comunicaci il numero di questo errore.',
  invalid_request: 'Qualcosa in questa richiesta non è scritto come dovrebbe. Controlla quello che hai inserito.',
  not_found: 'Non c’è, o non c’è più. Ricarica la pagina.',
  busy: 'Si stanno preparando altre esportazioni. Riprova tra un minuto.',

  signed_out: 'La sessione è finita. Accedi di nuovo.',
  step_up_required: 'Conferma di essere tu, con la password o con l’app, e riprova.',
  foreign_origin: 'Questa richiesta non viene dal portale.',
  not_allowed: 'Il tuo ruolo non lo permette. Chiedi a un titolare del negozio.',
  wrong: 'Non corrisponde. Controlla quello che hai scritto e riprova.',
  wrong_code: 'Non è il codice che l’app mostra ora. Controlla l’ora del telefono e scrivi il codice più recente.',
  wrong_password: 'Non è la password del tuo account.',
  weak_password:
    'Una password ha da 12 a 200 caratteri, non ripete pochi caratteri e non è fatta del tuo nome o indirizzo. Usa alcune parole senza legame tra loro.',
  too_many_tries: (minutes) =>
    `Troppi tentativi. Aspetta ${minutes === '1' ? 'un minuto' : `${minutes} minuti`} e riprova.`,
  passkey_not_added: 'La passkey non è stata aggiunta. Riprova.',
  too_many_streams: 'Troppe pagine restano in ascolto. Chiudine alcune.',

  invalid_email: 'Non è un indirizzo e-mail. È fatto così: nome@example.com.',
  invalid_name: 'Scrivi un nome, al massimo di 100 caratteri.',
  invitation_ended: 'Questo invito è stato usato o è scaduto. Chiedine uno nuovo.',
  address_taken: 'Qualcuno ha appena usato questo indirizzo. Riprova.',
  unknown_person: 'Questa persona non lavora per questo negozio.',
  last_owner: 'Un negozio ha almeno un titolare. Prima nominane un altro.',
  too_many_views: 'Ci sono già venti viste salvate. Prima togline una.',

  invalid_amount: (example) => `Un importo in questa valuta si scrive così: ${example}.`,
  invalid_time: 'Un giorno si scrive 2026-11-25, un orario 2026-11-25T09:00:00Z.',
  empty_range: 'L’intervallo deve finire dopo il suo inizio.',

  amount_exceeds_open: (open) => `Al massimo sono disponibili ${open}.`,
  wrong_state: `L’ordine nel frattempo è cambiato e questo non si può più fare. ${reload}`,
  partly_captured: 'Una parte di questo ordine è già stata incassata. Rimborsa quella parte.',
  operation_in_progress: 'In questo momento si sta facendo altro con questo ordine. Riprova tra poco.',
  period_out_of_range: 'Un’autorizzazione non si può tenere così a lungo.',
  elsewhere:
    'Da qui non si può: quello che è arrivato nel tuo wallet si restituisce dal wallet, e un pagamento con carta incassato subito si può solo rimborsare.',
  amount_not_positive: 'L’importo dev’essere maggiore di zero.',
  unknown_payment: notForOrder,
  currency_mismatch: notForOrder,
  amount_above_maximum: notForOrder,
  amount_below_minimum: notForOrder,
  product_not_agreed: notForOrder,
  sold_out: notForOrder,
  coupon_used_up: notForOrder,
  nothing_due: notForOrder,
  key_reused: 'Questo invio è già servito per altro. Ricarica la pagina.',

  made_already:
    'La chiave è stata creata, ma la risposta si è persa, e una chiave si mostra una volta sola. Revocala e creane un’altra.',
  not_made: 'La chiave non è stata creata: con questa API o questa valuta non servirebbe al negozio.',
  too_many_keys: 'Un negozio può avere 100 chiavi attive. Prima revocane una.',
  invalid_url: 'A questo indirizzo non si possono mandare webhook: dev’essere pubblico, https e senza credenziali.',
  never_sent: 'Nessuna API di questo negozio manda gli eventi che hai scelto.',
  no_event: 'Scegli almeno un evento.',
  unknown_event: 'Questo evento non esiste.',
  no_words:
    'L’API di questo negozio non manda messaggi per questo evento, o non prima del primo ordine. Scegli un altro evento.',
  too_many_endpoints: 'Un negozio può avere 16 endpoint per i webhook. Prima eliminane uno.',
  too_many_secrets: 'Questo endpoint ha 8 segreti precedenti ancora validi. Aspetta che uno finisca.',
  no_simulator: 'Accanto a questo server non c’è un simulatore dell’acquirer. Si avvia con la banca dati incorporata.',
  in_the_past: 'L’orologio va solo in avanti.',
  too_far: 'L’orologio non si può spostare così lontano.',

  not_a_colour: 'Un colore si scrive così: #0b5c49.',
  invalid_brand: 'Non è stato accettato: il logo dev’essere un’immagine PNG, JPEG, WebP o GIF non troppo grande.',
  not_a_secret: 'Un segreto ha da 16 a 255 caratteri senza spazi, come il negozio lo mostra.',
  not_an_address: 'Non è un indirizzo, o un suo carattere è sbagliato.',
  wallet_taken:
    'A questo indirizzo è pagato un altro negozio: lo stesso importo non si potrebbe distinguere. Usane uno tuo.',
  not_in_inbox: 'Questo trasferimento non è più tra quelli senza ordine.',
  never_asked: 'Questo ordine non ha mai chiesto quel token su quella catena: nessun cambio è stato concordato.',
  not_taken: 'Questo ordine non accetta più nulla.',
  unknown_chain: 'Una delle catene non è impostata su questo server.',
  unknown_token: 'Nessuna catena di questo server ha uno di questi token.',
  tolerance: 'La tolleranza va da 0 a 200000 parti per milione: al massimo il 20 %.',
  spread: 'Lo scarto va da 0 a 200000 parti per milione: al massimo il 20 %.',
  quote: 'Un cambio vale da un minuto a un giorno.',
  watch: 'Il denaro si aspetta al massimo per 30 giorni.',
  tiers: 'Ci possono essere al massimo 20 fasce, ciascuna con il suo importo.',
  confirmations: 'Una fascia ha da 0 a 10000 conferme.',

  invalid_catalogue: (properties) =>
    properties === ''
      ? 'Non è stato salvato: qualcosa non è come dovrebbe.'
      : `Non è stato salvato. Controlla: ${properties}.`,
  in_use: 'È ancora in uso. Per ritirarlo, togli il segno da “In vendita”.',
  not_json: 'Questo non è un oggetto JSON.',
}
