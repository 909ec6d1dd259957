import type { Words } from './words.ts'

const another = 'Er is niets afgeschreven. Gebruik een andere kaart.'

export const nl: Words = {
  orderReference: 'Bestelling',
  planTitle: 'Je betalingen',
  today: 'Vandaag',
  total: 'Totaal',
  heading: {
    instalments: (count) => `in ${count} betalingen, zonder rente`,
    later: (date) => `te betalen vóór ${date}, zonder rente`,
  },
  formTitle: 'Betalen met kaart',
  labels: { number: 'Kaartnummer', expiry: 'Vervaldatum', code: 'Beveiligingscode' },
  hints: { expiry: 'Maand/jaar: MM/JJ', code: '3 of 4 cijfers' },
  payToday: (amount) => `Vandaag ${amount} betalen`,
  payLater: 'Bevestigen en later betalen',
  cancel: 'Annuleren en terug naar de winkel',
  privacy: 'De winkel ziet je kaartgegevens nooit.',
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
  backToShop: 'Terug naar de winkel',
  refresh: 'Opnieuw controleren',
  notices: {
    howItWorks: {
      title: 'Koop nu, betaal gespreid',
      text: 'Kies dit bij het afrekenen in je winkel en bevestig met je kaart. Je betaalt in 3 of 4 maandelijkse termijnen, de eerste vandaag, of alles na 14 dagen. Zonder rente.',
    },
    checking: {
      title: 'We controleren je betaling',
      text: 'Je bank doet er langer over dan gewoonlijk. Betaal niet opnieuw: deze bestelling kan niet twee keer worden afgeschreven.',
    },
    paid: { title: 'Je betaling is goedgekeurd', text: 'Ga terug naar de winkel om je bestelling af te ronden.' },
    paidByLink: {
      title: 'Je betaling is goedgekeurd',
      text: 'Je hoeft niets meer te doen: je kunt deze pagina sluiten.',
    },
    expired: {
      title: 'Deze betaling is verlopen',
      text: 'Het duurde te lang: de bestelling is gesloten en er is niets afgeschreven. Je kunt in de winkel opnieuw beginnen.',
    },
    ended: {
      title: 'Deze bestelling is gesloten',
      text: 'Er valt niets meer te betalen. Heb je een vraag, dan kan de winkel je helpen.',
    },
    unknown: {
      title: 'We kunnen deze betaling niet vinden',
      text: 'Misschien is de link niet compleet. Ga terug naar de winkel en open de betaling daar opnieuw.',
    },
  },
}
