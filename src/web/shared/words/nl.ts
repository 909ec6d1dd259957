import type { CommonWords } from './common-words.ts'

export const nl: CommonWords = {
  skip: 'Naar de inhoud',
  language: 'Taal',
  sandbox: 'Testomgeving',
  sandboxFooter: 'Dit is een test: er gaat geen echt geld om.',
  errorPrefix: 'Fout',
  tryAgain: 'Opnieuw proberen',
  errorReference: 'Referentie',
  notices: {
    notFound: {
      title: 'We kunnen deze pagina niet vinden',
      text: 'Misschien is de link niet compleet. Open hem opnieuw vanaf de plek waar je hem vond.',
    },
    wrongMethod: { title: 'Dat kan hier niet', text: 'Ga terug en open de pagina opnieuw.' },
    badRequest: {
      title: 'We konden je gegevens niet lezen',
      text: 'Er is niets afgeschreven. Ga terug en vul het formulier opnieuw in.',
    },
    tooManyTries: {
      title: 'Te veel pogingen',
      text: 'Er zijn te veel kaarten geweigerd. Wacht een uur of kies in de winkel een andere betaalwijze.',
    },
    unavailable: {
      title: 'Probeer het zo nog eens',
      text: 'We kunnen nu even niet antwoorden. Heb je net betaald, open de pagina dan opnieuw om het resultaat te zien.',
    },
    failed: {
      title: 'Er ging bij ons iets mis',
      text: 'Open de pagina opnieuw voordat je betaalt: ze laat zien of je betaling is gelukt.',
    },
  },
}
