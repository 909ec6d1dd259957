import type { CardWords } from './card-words.ts'

const another = 'Mitään ei veloitettu. Käytä toista korttia.'

export const fi: CardWords = {
  labels: { number: 'Kortin numero', expiry: 'Voimassa', code: 'Turvakoodi' },
  hints: { expiry: 'Kuukausi/vuosi: KK/VV', code: '3 tai 4 numeroa' },
  testCards: {
    title: 'Testikortit',
    approved: 'Hyväksytään',
    declined: 'Hylätään',
    rest: 'Mikä tahansa tuleva päivä ja mikä tahansa turvakoodi kelpaa.',
  },
  problemsTitle: 'Tarkista kortin tiedot',
  problems: {
    number_missing: 'Anna kortin numero',
    number_format: 'Tarkista kortin numero: numero puuttuu tai on väärin',
    expiry_missing: 'Anna kortin voimassaoloaika',
    expiry_format: 'Anna voimassaoloaika kuukautena ja vuotena, esimerkiksi 04/29',
    expiry_past: 'Kortti on vanhentunut: anna tuleva päivä',
    code_missing: 'Anna turvakoodi',
    code_format: 'Turvakoodissa on 3 tai 4 numeroa',
  },
  declinedTitle: 'Korttiasi ei hyväksytty',
  declined: {
    card_declined: `Pankkisi hylkäsi maksun. ${another}`,
    insufficient_funds: `Kortilla ei ole tarpeeksi katetta. ${another}`,
    expired_card: `Kortti on vanhentunut. ${another}`,
    invalid_card_number:
      'Tällä numerolla ei ole korttia. Mitään ei veloitettu. Tarkista numero tai käytä toista korttia.',
    invalid_expiry: 'Voimassaoloaika ei vastaa korttia. Mitään ei veloitettu. Tarkista se.',
    incorrect_security_code: 'Turvakoodi ei vastaa korttia. Mitään ei veloitettu. Tarkista se.',
    lost_or_stolen_card: `Pankkisi hylkäsi maksun. ${another}`,
    suspected_fraud: `Pankkisi hylkäsi maksun. ${another}`,
    not_permitted: `Tätä korttia ei voi käyttää tähän maksuun. ${another}`,
    limit_exceeded: `Maksu ylittää kortin rajan. ${another}`,
    authentication_required: `Pankkisi ei voinut vahvistaa henkilöllisyyttäsi. ${another}`,
    issuer_unavailable: 'Pankkisi ei vastannut. Mitään ei veloitettu. Yritä uudelleen tai käytä toista korttia.',
    duplicate: 'Maksu ei onnistunut. Mitään ei veloitettu. Yritä uudelleen.',
    processing_error: 'Maksu ei onnistunut. Mitään ei veloitettu. Yritä uudelleen tai käytä toista korttia.',
    outcome_unknown: 'Maksu ei onnistunut. Yritä uudelleen tai käytä toista korttia.',
  },
}
