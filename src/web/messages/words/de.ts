import type { MessageWords } from './message-words.ts'

export const de: MessageWords = {
  code: {
    subject: (code) => `Ihr Code: ${code}`,
    text: (code, minutes) => `Ihr Code lautet ${code}. Er gilt ${minutes} Minuten.`,
    warning: 'Weder der Shop noch wir werden Sie je danach fragen.',
  },
  pay_link: {
    subject: (shop) => `Ihre Zahlung an ${shop}`,
    text: (shop, amount) => `${shop} bittet Sie, ${amount} zu zahlen.`,
    button: 'Zahlungsseite öffnen',
  },
  invitation: {
    subject: (shop) => `Einladung zu ${shop}`,
    text: (by, shop, days) =>
      `${by} lädt Sie ins Händlerportal von ${shop} ein. Der Link gilt einmal, innerhalb von ${days} Tagen.`,
    warning: 'Wenn Sie den Absender nicht kennen, lassen Sie es: dann geschieht nichts.',
    button: 'Einladung annehmen',
  },
  order_confirmed: {
    subject: (shop) => `Ihre Bestellung bei ${shop} ist bestätigt`,
    text: (shop, total) => `Danke: Sie haben für ${total} bei ${shop} eingekauft. So zahlen Sie:`,
    plan: 'Ihre Zahlungen',
  },
  charged_soon: {
    subject: (shop) => `Ihre nächste Zahlung an ${shop}`,
    text: (amount, shop, date) => `Am ${date} buchen wir für Ihre Bestellung bei ${shop} ${amount} von Ihrer Karte ab.`,
  },
  charged: {
    subject: (amount) => `Sie haben ${amount} gezahlt`,
    text: (amount, shop) => `Wir haben ${amount} für Ihre Bestellung bei ${shop} abgebucht. Vielen Dank.`,
    lateFee: (fee) => `Davon sind ${fee} Mahngebühr.`,
  },
  charge_failed: {
    subject: 'Ihre Zahlung hat nicht geklappt',
    text: (amount, shop) => `Wir konnten ${amount} für Ihre Bestellung bei ${shop} nicht abbuchen.`,
    next: (date) => `Wir versuchen es am ${date} noch einmal.`,
    lateFee: (fee, date) => `Ohne Zahlung vor dem ${date} kommt eine Mahngebühr von ${fee} hinzu.`,
    help: 'Sie können jetzt zahlen oder in Ihrem Konto eine andere Karte wählen.',
  },
  refunded: {
    subject: (shop) => `Erstattung von ${shop}`,
    text: (amount, shop) => `${shop} erstattet Ihnen ${amount}.`,
    toCard: (amount) =>
      `${amount} gehen zurück auf Ihre Karte. Ihre Bank zeigt sie innerhalb von 5 bis 10 Werktagen an.`,
    offPlan: (amount) => `${amount} wurden von den kommenden Zahlungen abgezogen.`,
  },
  cancelled: {
    subject: (shop) => `Ihre Bestellung bei ${shop} ist storniert`,
    text: (total, shop) =>
      `Ihre Bestellung über ${total} bei ${shop} wurde storniert. Von Ihrer Karte wird nichts mehr abgebucht.`,
  },
  late_fee: {
    subject: 'Eine Mahngebühr ist hinzugekommen',
    text: (fee, shop, payable) =>
      `${fee} sind hinzugekommen, weil eine Zahlung für Ihre Bestellung bei ${shop} zu spät ist. Dafür sind jetzt ${payable} zu zahlen.`,
    help: 'Bitte zahlen Sie jetzt in Ihrem Konto.',
  },
  late_fee_waived: {
    subject: 'Ihre Mahngebühr ist erlassen',
    text: (fee, shop) =>
      `Wir erlassen die Mahngebühr von ${fee} für Ihre Bestellung bei ${shop}. Was Sie davon schon gezahlt haben, geht zurück auf Ihre Karte.`,
  },
  overdue: {
    subject: 'Eine Zahlung ist überfällig',
    text: (amount, shop) =>
      `${amount} für Ihre Bestellung bei ${shop} sind überfällig. Bitte zahlen Sie in Ihrem Konto; bis dahin sind keine neuen Einkäufe möglich.`,
  },
  card: (brand, last4) => `${brand}-Karte mit Endziffern ${last4}`,
  account: 'Konto öffnen',
  footer: 'Sie erhalten diese Nachricht, weil diese Adresse für einen Einkauf oder ein Konto verwendet wurde.',
}
