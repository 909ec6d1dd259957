import type { CardWords } from './card-words.ts'

const another = 'Er is niets afgeschreven. Gebruik een andere kaart.'

export const nl: CardWords = {
  labels: { number: 'Kaartnummer', expiry: 'Vervaldatum', code: 'Beveiligingscode' },
  hints: { expiry: 'Maand/jaar: MM/JJ', code: '3 of 4 cijfers' },
  testCards: {
    title: 'Testkaarten',
    approved: 'Geaccepteerd',
    declined: 'Geweigerd',
    rest: 'Elke vervaldatum in de toekomst en elke beveiligingscode werkt.',
  },
  problemsTitle: 'Controleer je kaartgegevens',
  problems: {
    number_missing: 'Vul je kaartnummer in',
    number_format: 'Controleer het kaartnummer: er ontbreekt een cijfer of er staat een fout in',
    expiry_missing: 'Vul de vervaldatum in',
    expiry_format: 'Vul de vervaldatum in als maand en jaar, zoals 04/29',
    expiry_past: 'Deze kaart is verlopen: vul een datum in de toekomst in',
    code_missing: 'Vul de beveiligingscode in',
    code_format: 'De beveiligingscode heeft 3 of 4 cijfers',
  },
  declinedTitle: 'Je kaart is niet geaccepteerd',
  declined: {
    card_declined: `Je bank heeft de betaling geweigerd. ${another}`,
    insufficient_funds: `Er staat niet genoeg geld op deze kaart. ${another}`,
    expired_card: `Deze kaart is verlopen. ${another}`,
    invalid_card_number:
      'Er is geen kaart met dit nummer. Er is niets afgeschreven. Controleer het of gebruik een andere kaart.',
    invalid_expiry: 'De vervaldatum past niet bij de kaart. Er is niets afgeschreven. Controleer hem.',
    incorrect_security_code: 'De beveiligingscode past niet bij de kaart. Er is niets afgeschreven. Controleer hem.',
    lost_or_stolen_card: `Je bank heeft de betaling geweigerd. ${another}`,
    suspected_fraud: `Je bank heeft de betaling geweigerd. ${another}`,
    not_permitted: `Deze kaart kan niet voor deze betaling worden gebruikt. ${another}`,
    limit_exceeded: `De betaling is hoger dan de limiet van deze kaart. ${another}`,
    authentication_required: `Je bank kon niet bevestigen dat jij het bent. ${another}`,
    issuer_unavailable:
      'Je bank heeft niet geantwoord. Er is niets afgeschreven. Probeer het opnieuw of gebruik een andere kaart.',
    duplicate: 'De betaling is niet gelukt. Er is niets afgeschreven. Probeer het opnieuw.',
    processing_error:
      'De betaling is niet gelukt. Er is niets afgeschreven. Probeer het opnieuw of gebruik een andere kaart.',
    outcome_unknown: 'De betaling is niet gelukt. Probeer het opnieuw of gebruik een andere kaart.',
  },
}
