import type { CommonWords } from './common-words.ts'

export const de: CommonWords = {
  skip: 'Zum Inhalt springen',
  language: 'Sprache',
  sandbox: 'Testumgebung',
  sandboxFooter: 'Dies ist ein Test: Es fließt kein echtes Geld.',
  errorPrefix: 'Fehler',
  tryAgain: 'Erneut versuchen',
  errorReference: 'Referenz',
  notices: {
    notFound: {
      title: 'Diese Seite gibt es nicht',
      text: 'Der Link ist vielleicht unvollständig. Bitte öffnen Sie ihn noch einmal dort, wo Sie ihn gefunden haben.',
    },
    wrongMethod: { title: 'Das geht hier nicht', text: 'Bitte gehen Sie zurück und öffnen Sie die Seite noch einmal.' },
    badRequest: {
      title: 'Ihre Eingaben waren nicht lesbar',
      text: 'Es wurde nichts abgebucht. Bitte gehen Sie zurück und füllen Sie das Formular noch einmal aus.',
    },
    tooManyTries: {
      title: 'Zu viele Versuche',
      text: 'Zu viele Karten wurden abgelehnt. Bitte warten Sie eine Stunde oder wählen Sie im Geschäft eine andere Zahlungsart.',
    },
    unavailable: {
      title: 'Bitte versuchen Sie es gleich noch einmal',
      text: 'Wir können gerade nicht antworten. Falls Sie eben bezahlt haben: Öffnen Sie die Seite erneut, dann sehen Sie das Ergebnis.',
    },
    failed: {
      title: 'Bei uns ist etwas schiefgegangen',
      text: 'Bitte öffnen Sie die Seite erneut, bevor Sie bezahlen: Sie zeigt, ob Ihre Zahlung geklappt hat.',
    },
  },
}
