import type { Refusals } from './refusals.ts'

const reload = 'Ricarica la pagina per vedere come sta ora l’ordine.'
const withdraw = 'Per ritirarlo, togli il segno da “In vendita”.'
const notForOrder = `Con questo ordine non si può fare. ${reload}`

/** Everything that the server refuses, in Italian. */
export const refusalsIt: Refusals = {
  unreachable: 'Il server non si raggiunge. Controlla la connessione e riprova.',
  unavailable: 'La banca dati non si raggiunge. Non risulta cambiato nulla; riprova tra poco.',
  unexpected: 'Qualcosa è andato storto da parte nostra. Riprova, o comunicaci il numero di questo errore.',
  invalid_request: (place) =>
    place === ''
      ? 'Qualcosa in questa richiesta non è scritto come dovrebbe. Controlla quello che hai inserito.'
      : `Qualcosa in questa richiesta non è scritto come dovrebbe. Controlla: ${place}.`,
  not_found: 'Questa chiamata non esiste. Ricarica la pagina.',
  busy: 'Si stanno preparando altre esportazioni. Riprova tra un minuto.',

  signed_out: 'La sessione è finita. Accedi di nuovo.',
  step_up_required: 'Conferma di essere tu, con la password o con l’app, e riprova.',
  foreign_origin: 'Questa richiesta non viene dal portale.',
  not_allowed: (role, { roles }) =>
    `Il tuo ruolo (${roles[role] ?? role}) non lo permette. Chiedi a un titolare del negozio.`,
  unknown_shop: 'Questo negozio non esiste, o non ci lavori.',
  no_demo_owner: 'Fuori dalla sandbox non c’è un titolare di prova.',
  wrong: 'Non corrisponde. Controlla quello che hai scritto e riprova.',
  wrong_code: 'Non è il codice che l’app mostra ora. Controlla l’ora del telefono e scrivi il codice più recente.',
  wrong_password: 'Non è la password del tuo account.',
  password_too_short:
    'Una password ha almeno 12 caratteri. Alcune parole senza legame tra loro si ricordano facilmente.',
  password_too_long: 'Una password ha al massimo 200 caratteri.',
  password_repeats: 'Questa password ripete troppo pochi caratteri. Usa alcune parole senza legame tra loro.',
  password_is_own_name:
    'Questa password è fatta del tuo nome o del tuo indirizzo. Usa alcune parole senza legame tra loro.',
  account_gone: 'Questo account non esiste più.',
  too_many_tries: (minutes) =>
    `Troppi tentativi. Aspetta ${minutes === '1' ? 'un minuto' : `${minutes} minuti`} e riprova.`,
  passkey_not_added: 'La passkey non è stata aggiunta. Riprova.',
  unknown_passkey: 'Non hai questa passkey.',
  session_ended: 'Questa sessione è già finita.',
  too_many_streams: 'Troppe pagine restano in ascolto. Chiudine alcune.',
  not_a_stream: 'Questo è un flusso di eventi: va chiesto come text/event-stream.',

  invalid_email: 'Non è un indirizzo e-mail. È fatto così: nome@example.com.',
  invalid_name: 'Scrivi un nome, al massimo di 100 caratteri.',
  invitation_ended: 'Questo invito è stato usato o è scaduto. Chiedine uno nuovo.',
  unknown_invitation: 'Per questo indirizzo non c’è un invito aperto.',
  accepted: 'Ora ci sei. Accedi con la tua password.',
  address_taken: 'Qualcuno ha appena usato questo indirizzo. Riprova.',
  unknown_person: 'Questa persona non lavora per questo negozio.',
  last_owner: 'Un negozio ha almeno un titolare. Prima nominane un altro.',
  too_many_views: 'Ci sono già venti viste salvate. Prima togline una.',
  unknown_view: 'Questa vista non esiste.',
  unknown_status: (statuses) => `Lo stato dev’essere uno di questi, o più d’uno con le virgole: ${statuses}.`,
  unknown_place: 'Questo non è un punto dell’elenco: ricomincia dall’inizio.',

  invalid_amount: (example) => `Un importo in questa valuta si scrive così: ${example}.`,
  invalid_time: 'Un giorno si scrive 2026-11-25, un orario 2026-11-25T09:00:00Z.',
  empty_range: 'L’intervallo deve finire dopo il suo inizio.',

  amount_exceeds_open: (open) => `Al massimo sono disponibili ${open}.`,
  wrong_state: (state, { status }) =>
    `Lo stato di questo ordine ora è “${status[state] ?? state}”, e questo non si può più fare. Ricarica la pagina.`,
  partly_captured: 'Una parte di questo ordine è già stata incassata. Rimborsa quella parte.',
  operation_in_progress: 'In questo momento si sta facendo altro con questo ordine. Riprova tra poco.',
  period_out_of_range: 'Un’autorizzazione non si può tenere così a lungo.',
  in_own_wallet: 'Il denaro è nel tuo wallet: rimandalo da lì all’indirizzo del cliente.',
  only_refunded: 'Un pagamento con carta incassato subito si può solo rimborsare.',
  amount_not_positive: 'L’importo dev’essere maggiore di zero.',
  unknown_payment: 'Questo ordine non esiste.',
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
  not_made: (currencies) =>
    currencies === ''
      ? 'La chiave non è stata creata: esiste già.'
      : `La chiave non è stata creata: gli importi di questa API sono in ${currencies}, e il negozio vende in un’altra valuta.`,
  unknown_key: 'Questa chiave non esiste, o è già finita.',
  key_is_ending: 'Questa chiave non esiste, o la sua fine è già stabilita.',
  unknown_key_kind: 'Questo tipo di chiave non esiste.',
  too_many_keys: 'Un negozio può avere 100 chiavi attive. Prima revocane una.',
  unknown_endpoint: 'Questo endpoint non esiste.',
  unknown_delivery: 'Questa consegna non esiste, o il suo endpoint è stato eliminato.',
  nothing_sent: 'Per questo evento non si manda nulla.',
  url_not_a_url: 'Non è un URL completo. È fatto così: https://negozio.example/webhook.',
  url_too_long: 'L’URL è più lungo di 2048 caratteri.',
  url_forbidden_character: 'L’URL contiene uno spazio, una barra rovesciata o un carattere invisibile.',
  url_scheme: 'L’URL deve cominciare con https://.',
  url_https_required:
    'L’URL deve cominciare con https://, perché nessuno sulla strada possa leggere o cambiare quello che viene mandato.',
  url_credentials: 'L’URL non deve contenere un nome utente o una password.',
  url_port: 'La porta dell’URL non è permessa.',
  url_host: 'Il nome host dell’URL non è valido.',
  url_internal_name: 'Questo nome host ha un senso solo in una rete privata. Usane uno pubblico.',
  url_loopback: 'L’URL porta a questo stesso server. Usa un nome host pubblico.',
  url_address_not_public: 'L’URL porta a un indirizzo che da Internet non si raggiunge.',
  never_sent: (events) => `Le API per cui questo negozio ha chiavi non mandano mai: ${events}.`,
  no_event: 'Scegli almeno un evento.',
  unknown_event: 'Questo evento non esiste.',
  no_words:
    'L’API di questo negozio non manda messaggi per questo evento, o non prima del primo ordine. Scegli un altro evento.',
  too_many_endpoints: 'Un negozio può avere 16 endpoint per i webhook. Prima eliminane uno.',
  too_many_secrets: 'Questo endpoint ha 8 segreti precedenti ancora validi. Aspetta che uno finisca.',
  no_simulator: 'Accanto a questo server non c’è un simulatore dell’acquirer. Si avvia con la banca dati incorporata.',
  no_sandbox: 'In modalità live non c’è una sandbox.',
  in_the_past: 'L’orologio va solo in avanti.',
  too_far: 'L’orologio non si può spostare così lontano.',

  not_a_colour: 'Un colore si scrive così: #0b5c49.',
  picture_too_large: (kilobytes) => `Non è stato accettato: il logo può avere ${kilobytes} KB.`,
  picture_unreadable: 'Non è stato accettato: il logo dev’essere un file PNG, JPEG, WebP o GIF.',
  picture_too_wide: (pixels) => `Non è stato accettato: il logo può avere ${pixels} pixel per lato.`,
  not_a_secret: 'Un segreto ha da 16 a 255 caratteri senza spazi, come il negozio lo mostra.',
  not_an_address: 'Non è un indirizzo, o un suo carattere è sbagliato.',
  wallet_taken:
    'A questo indirizzo è pagato un altro negozio: lo stesso importo non si potrebbe distinguere. Usane uno tuo.',
  not_in_inbox: 'Questo trasferimento non è più tra quelli senza ordine.',
  never_asked: 'Questo ordine non ha mai chiesto quel token su quella catena: nessun cambio è stato concordato.',
  not_taken: 'Questo ordine non accetta più nulla.',
  chain_not_set_up: 'Questa catena non è impostata su questo server.',
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
  unknown_organization: 'Questa organizzazione non esiste.',
  not_in_catalogue: 'Non è più nel catalogo.',
  kept_has_orders: `Ci sono ordini che ne parlano, e devono restare leggibili e rimborsabili. ${withdraw}`,
  kept_enabled: 'È attivo, e un pagamento potrebbe essere in corso. Prima disattivalo.',
  kept_has_units: (count) => `Ha ${count} unità. Prima eliminale o spostale. ${withdraw}`,
  kept_used: (count) => `È stato usato ${count} volte. ${withdraw}`,
  kept_seats_sold: (count) => `Ne sono stati venduti ${count} posti. ${withdraw}`,
  kept_in_rules: (count) => `Lo chiedono ${count} regole di sconto. Prima cambiale. ${withdraw}`,
  not_json: 'Questo non è un oggetto JSON.',
}
