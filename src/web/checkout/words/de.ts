import type { Words } from './words.ts'

export const de: Words = {
  orderReference: 'Bestellung',
  planTitle: 'Ihre Zahlungen',
  today: 'Heute',
  heading: {
    instalments: (count) => `in ${count} Zahlungen, ohne Zinsen`,
    later: (date) => `zahlbar bis ${date}, ohne Zinsen`,
  },
  formTitle: 'Mit Karte zahlen',
  payToday: (amount) => `Heute ${amount} zahlen`,
  payLater: 'Bestätigen und später zahlen',
  cancel: 'Abbrechen und zurück zum Shop',
  privacy: 'Der Shop sieht Ihre Kartendaten nie.',
  backToShop: 'Zurück zum Shop',
  refresh: 'Erneut prüfen',
  notices: {
    howItWorks: {
      title: 'Jetzt kaufen, später zahlen',
      text: 'Wählen Sie es an der Kasse Ihres Shops und bestätigen Sie mit Ihrer Karte. Sie zahlen in 3 oder 4 Monatsraten, die erste heute, oder alles nach 14 Tagen. Ohne Zinsen.',
    },
    checking: {
      title: 'Wir prüfen Ihre Zahlung',
      text: 'Ihre Bank braucht länger als üblich. Bitte zahlen Sie nicht noch einmal: Diese Bestellung kann nicht zweimal abgebucht werden.',
    },
    paid: { title: 'Ihre Zahlung ist bestätigt', text: 'Gehen Sie zurück zum Shop, um Ihre Bestellung abzuschließen.' },
    paidByLink: {
      title: 'Ihre Zahlung ist bestätigt',
      text: 'Sie müssen nichts weiter tun: Sie können diese Seite schließen.',
    },
    expired: {
      title: 'Diese Zahlung ist abgelaufen',
      text: 'Es hat zu lange gedauert: Die Bestellung wurde geschlossen und nichts abgebucht. Sie können im Shop neu beginnen.',
    },
    ended: {
      title: 'Diese Bestellung ist geschlossen',
      text: 'Es ist nichts mehr zu zahlen. Bei Fragen hilft Ihnen der Shop.',
    },
    unknown: {
      title: 'Wir können diese Zahlung nicht finden',
      text: 'Der Link ist vielleicht unvollständig. Bitte gehen Sie zurück zum Shop und öffnen Sie die Zahlung von dort.',
    },
  },
  chooseProduct: 'Wie möchten Sie zahlen?',
  products: { instalments: (count) => `In ${count} Raten zahlen`, later: 'Später zahlen' },
  profile: {
    title: 'Sagen Sie uns, wer Sie sind',
    text: 'Wir fragen nur einmal, um Ihr Konto zu eröffnen.',
    labels: {
      givenNames: 'Vorname',
      surname: 'Nachname',
      birthDate: 'Geburtsdatum',
      address: 'Straße und Hausnummer',
      postcode: 'Postleitzahl',
      city: 'Ort',
      country: 'Land',
    },
    birthDateHint: 'Tag/Monat/Jahr, zum Beispiel 31/01/1990',
    other: { email: 'E-Mail für Belege', sms: 'Handynummer für Nachrichten zu Ihren Zahlungen' },
    otherHint: 'Sie können dieses Feld leer lassen.',
    problems: {
      missing: 'Füllen Sie dieses Feld aus',
      format: 'Prüfen Sie dieses Feld',
      too_young: 'Um so einzukaufen, müssen Sie mindestens 18 Jahre alt sein',
    },
    button: 'Weiter',
    problemsTitle: 'Bitte prüfen Sie Ihre Angaben',
  },
  confirmTitle: 'Prüfen und bestätigen',
  payWith: 'Zahlen mit',
  savedCard: (brand, last4) => `${brand} mit Endziffern ${last4}`,
  anotherCard: 'Andere Karte',
  cardIsKept: 'Wir speichern die Karte für die kommenden Zahlungen. Sie können sie in Ihrem Konto ändern.',
  terms: {
    instalments:
      'Mit der Bestätigung stimmen Sie zu, an diesen Tagen zu zahlen und dass wir jede Zahlung von dieser Karte abbuchen.',
    later: (date) =>
      `Mit der Bestätigung stimmen Sie zu, dass wir am ${date} den ganzen Betrag von dieser Karte abbuchen.`,
  },
  lateFeeStage: (amount, days) => `${amount} nach ${days} ${days === 1 ? 'Tag' : 'Tagen'} Verzug`,
  lateFees: (stages, most, share) =>
    `Bei verspäteter Zahlung kommt eine Mahngebühr hinzu: ${stages}; höchstens ${most} je Zahlung und ${share} der Bestellung.`,
  signedInAs: (contact) => `Sie sind ${contact}.`,
  timeLeft: 'Verbleibende Zeit:',
  refused: {
    title: 'Diesen Einkauf können wir Ihnen nicht anbieten',
    amount_out_of_limits:
      'Der Betrag liegt außerhalb dessen, was Sie in diesem Shop so zahlen können. Bitte wählen Sie im Shop eine andere Zahlungsart.',
    shopper_blocked: 'Ihr Konto ist für neue Einkäufe gesperrt. Bitte wählen Sie im Shop eine andere Zahlungsart.',
    instalments_overdue:
      'Eine Ihrer Zahlungen ist überfällig. Zahlen Sie sie in Ihrem Konto, dann können Sie wieder einkaufen.',
    exposure_too_high:
      'Mit dieser Bestellung würden Sie mehr schulden, als wir derzeit vorstrecken können. Zahlen Sie in Ihrem Konto etwas zurück oder wählen Sie im Shop eine andere Zahlungsart.',
    too_many_orders:
      'Sie haben heute mehrere Bestellungen bestätigt. Versuchen Sie es morgen wieder oder wählen Sie im Shop eine andere Zahlungsart.',
    card_expires_too_early:
      'Diese Karte läuft vor Ihrer letzten Zahlung ab. Bitte verwenden Sie eine Karte, die länger gültig ist.',
  },
  bank: {
    title: 'Ihre Bank möchte prüfen, ob Sie es sind',
    text: 'Bitte gehen Sie weiter zu Ihrer Bank. Sie kommen von selbst hierher zurück.',
    button: 'Weiter zur Bank',
  },
  somebodyElses: {
    title: 'Diese Bestellung gehört jemand anderem',
    text: 'Sie wurde von einem anderen Konto bestätigt. Falls Sie das waren, melden Sie sich mit jener Nummer oder Adresse an.',
  },
  noAcquirer: {
    title: 'Dieser Shop nimmt hier derzeit keine Zahlungen an',
    text: 'Bitte wählen Sie im Shop eine andere Zahlungsart.',
  },
  change: 'Ändern',
}
