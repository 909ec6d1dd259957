import type { CardWords } from './card-words.ts'

const another = 'Ekkert var gjaldfært. Notaðu annað kort.'

export const is: CardWords = {
  labels: { number: 'Kortanúmer', expiry: 'Gildistími', code: 'Öryggisnúmer' },
  hints: { expiry: 'Mánuður/ár: MM/ÁÁ', code: '3 eða 4 tölustafir' },
  testCards: {
    title: 'Prófunarkort',
    approved: 'Samþykkt',
    declined: 'Hafnað',
    rest: 'Hvaða gildistími fram í tímann og hvaða öryggisnúmer sem er dugar.',
  },
  problemsTitle: 'Athugaðu kortaupplýsingarnar',
  problems: {
    number_missing: 'Sláðu inn kortanúmerið',
    number_format: 'Athugaðu kortanúmerið: tölustaf vantar eða hann er rangur',
    expiry_missing: 'Sláðu inn gildistímann',
    expiry_format: 'Sláðu gildistímann inn sem mánuð og ár, til dæmis 04/29',
    expiry_past: 'Kortið er útrunnið: sláðu inn dagsetningu fram í tímann',
    code_missing: 'Sláðu inn öryggisnúmerið',
    code_format: 'Öryggisnúmerið er 3 eða 4 tölustafir',
  },
  declinedTitle: 'Kortið þitt var ekki samþykkt',
  declined: {
    card_declined: `Bankinn þinn hafnaði greiðslunni. ${another}`,
    insufficient_funds: `Ekki er næg heimild á kortinu. ${another}`,
    expired_card: `Kortið er útrunnið. ${another}`,
    invalid_card_number: 'Ekkert kort er með þessu númeri. Ekkert var gjaldfært. Athugaðu það eða notaðu annað kort.',
    invalid_expiry: 'Gildistíminn passar ekki við kortið. Ekkert var gjaldfært. Athugaðu hann.',
    incorrect_security_code: 'Öryggisnúmerið passar ekki við kortið. Ekkert var gjaldfært. Athugaðu það.',
    lost_or_stolen_card: `Bankinn þinn hafnaði greiðslunni. ${another}`,
    suspected_fraud: `Bankinn þinn hafnaði greiðslunni. ${another}`,
    not_permitted: `Ekki er hægt að nota þetta kort fyrir þessa greiðslu. ${another}`,
    limit_exceeded: `Greiðslan er hærri en heimild kortsins. ${another}`,
    authentication_required: `Bankinn þinn gat ekki staðfest að þetta sért þú. ${another}`,
    issuer_unavailable: 'Bankinn þinn svaraði ekki. Ekkert var gjaldfært. Reyndu aftur eða notaðu annað kort.',
    duplicate: 'Greiðslan tókst ekki. Ekkert var gjaldfært. Reyndu aftur.',
    processing_error: 'Greiðslan tókst ekki. Ekkert var gjaldfært. Reyndu aftur eða notaðu annað kort.',
    outcome_unknown: 'Greiðslan tókst ekki. Reyndu aftur eða notaðu annað kort.',
  },
}
