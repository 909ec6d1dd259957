import type { PayWords } from './pay-words.ts'

const noPrice =
  'Dafür gibt es im Moment keinen verlässlichen Preis. Wählen Sie etwas anderes oder versuchen Sie es in einer Minute noch einmal.'

export const de: PayWords = {
  title: (shop) => `${shop} bezahlen`,
  choose: 'Womit möchten Sie bezahlen?',
  chooseHint: 'Das Geld geht aus Ihrer Wallet direkt in die des Shops. Wählen Sie, was Sie haben.',
  choice: (symbol, chain) => `${symbol} auf ${chain}`,
  show: 'Weiter',
  other: 'Mit etwas anderem bezahlen',
  cancel: 'Abbrechen und zurück zum Shop',
  back: 'Zurück zum Shop',
  lookAgain: 'Nach meiner Zahlung sehen',
  nothing:
    'Der Shop nimmt im Moment keine Zahlungen aus Wallets an. Gehen Sie zurück zum Shop und wählen Sie eine andere Zahlungsart.',
  starting:
    'Die Testnetze der Testumgebung laufen noch nicht. Prüfen Sie es in ein paar Sekunden erneut; wenn sie auf diesem Rechner nicht laufen können, steht der Grund im Protokoll des Servers.',
  waiting: 'Wir warten auf Ihre Zahlung.',
  priceEnded:
    'Dieser Preis gilt nicht mehr. Wählen Sie noch einmal, um einen neuen Betrag zu erhalten. Wenn Sie den vorigen schon gesendet haben, tun Sie nichts: Es wird weiter danach gesucht.',
  part: (arrived, rest) =>
    `${arrived} sind angekommen. Es fehlen noch ${rest}. Senden Sie den Rest an dieselbe Adresse.`,
  confirming: (count, needed) => `${count} von ${needed} Bestätigungen`,
  mayLeave: 'Sie müssen hier nicht warten: Der Shop erfährt, wenn es so weit ist.',
  holdsFor: 'Dieser Preis gilt noch',
  until: 'Dieser Preis gilt bis',
  send: {
    title: 'Senden Sie genau diesen Betrag',
    rest: 'Senden Sie genau den Rest',
    amount: 'Betrag',
    to: 'An',
    network: 'Netzwerk',
    token: 'Vertrag des Tokens',
    copy: (what) => `Kopieren: ${what}`,
    warning: (chain, symbol) =>
      `Senden Sie ${symbol} auf ${chain} und nichts anderes. In einem anderen Netzwerk oder als anderes Token wäre das Geld verloren.`,
    test: 'Dieses Netzwerk ist ein Test, der in der Testumgebung läuft. Senden Sie nie echtes Geld an diese Adresse.',
    exact:
      'An den letzten Ziffern wird Ihre Zahlung erkannt: Runden Sie den Betrag nicht. Eine Börse zieht ihre Gebühr womöglich von dem ab, was ankommt.',
    qr: 'Code für Ihre Wallet: Netzwerk, Adresse und Betrag',
    wallet: 'In einer Wallet auf diesem Gerät öffnen',
  },
  phone: {
    title: 'Mit dem Telefon bezahlen',
    text: 'Scannen Sie den Code mit der Kamera Ihres Telefons: Dort öffnet sich dieselbe Seite.',
    qr: 'Code, der diese Seite auf einem Telefon öffnet',
    open: (app) => `In ${app} öffnen`,
  },
  wallets: {
    title: 'Aus Ihrer Wallet bezahlen',
    straight: 'Ihre Wallet zeigt den Betrag noch einmal, bevor Sie bestätigen.',
  },
  demo: {
    title: 'Vorführ-Wallet',
    text: 'Nur in der Testumgebung: Sie bezahlt mit Testgeld, ohne Erweiterung und ohne Schlüssel.',
    pay: (amount) => `${amount} aus der Vorführ-Wallet bezahlen`,
  },
  stray: (amount) =>
    `${amount} sind in der Wallet des Shops angekommen und konnten nicht für diese Zahlung gezählt werden: zu spät, doppelt oder mit einem anderen Betrag. Nichts ist verloren. Wenden Sie sich an den Shop, der sie annehmen oder zurücksenden kann.`,
  over: (amount) =>
    `Sie haben ${amount} mehr gesendet als verlangt. Das Geld ist in der Wallet des Shops: Bitten Sie den Shop, es zurückzusenden.`,
  late: 'Ihre Zahlung kam, nachdem der Preis abgelaufen war, und wurde trotzdem angenommen.',
  returning: 'Gleich geht es zurück zum Shop.',
  partKept: (amount) =>
    `${amount} sind angekommen und in der Wallet des Shops. Bitten Sie den Shop, sie zurückzusenden oder den Rest neu anzufordern.`,
  notices: {
    confirming: {
      title: 'Ihre Zahlung ist angekommen',
      text: 'Das Netzwerk bestätigt sie, das dauert einen Moment. Senden Sie nichts noch einmal.',
    },
    paid: { title: 'Bezahlt', text: 'Der Shop hat Ihre Zahlung erhalten.' },
    expired: {
      title: 'Diese Anforderung ist abgelaufen',
      text: 'Senden Sie nichts mehr. Bitten Sie den Shop um eine neue. Wenn Sie das Geld schon gesendet haben, warten Sie: Es wird weiter danach gesucht.',
    },
    cancelled: {
      title: 'Diese Anforderung wurde zurückgezogen',
      text: 'Senden Sie nichts mehr. Bitten Sie den Shop um eine neue.',
    },
    unknown: {
      title: 'Diese Zahlung gibt es nicht',
      text: 'Prüfen Sie die Adresse, oder bitten Sie den Shop um einen neuen Link.',
    },
  },
  refused: {
    not_offered: 'Das nimmt der Shop nicht an. Wählen Sie etwas anderes.',
    not_open: 'Diese Zahlung ist nicht mehr offen.',
    no_free_amount:
      'Im Moment bezahlen zu viele Leute. Versuchen Sie es in einer Minute noch einmal, oder wählen Sie ein anderes Token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'Die Vorführ-Wallet konnte es nicht senden. Versuchen Sie es gleich noch einmal.',
  },
  script: {
    pay: '{amount} mit {wallet} bezahlen',
    unnamedWallet: 'der Wallet des Browsers',
    noWallet:
      'In diesem Browser wurde keine Wallet gefunden. Bezahlen Sie mit dem Telefon, oder senden Sie den Betrag aus irgendeiner Wallet.',
    connecting: 'Erlauben Sie die Verbindung in Ihrer Wallet.',
    switching: 'Erlauben Sie Ihrer Wallet, zu {network} zu wechseln.',
    confirm: 'Prüfen Sie den Betrag und bestätigen Sie in Ihrer Wallet.',
    sent: 'Gesendet. Wir warten auf das Netzwerk.',
    mined: 'Das Netzwerk hat es. Gleich erscheint es hier.',
    replaced:
      'Ihre Wallet hat die Transaktion ersetzt oder abgebrochen. Wenn Sie sie beschleunigt haben, erscheint sie gleich hier. Wenn Sie sie abgebrochen haben, wurde nichts bezahlt, und Sie können noch einmal bezahlen.',
    reverted:
      'Das Netzwerk hat die Transaktion abgelehnt, und es wurde nichts bezahlt. Prüfen Sie Ihr Guthaben und versuchen Sie es noch einmal.',
    copied: 'Kopiert',
    changed: 'Der fällige Betrag hat sich geändert. Sehen Sie sich den neuen an und drücken Sie noch einmal.',
    busy: 'Die Seite konnte den Server nicht erreichen. Prüfen Sie Ihre Verbindung und drücken Sie noch einmal.',
    rejected: 'Sie haben in Ihrer Wallet abgelehnt. Es wurde nichts gesendet.',
    pending: 'In Ihrer Wallet ist schon eine Frage offen. Öffnen Sie die Wallet und antworten Sie dort.',
    locked:
      'Ihre Wallet hat es nicht erlaubt. Entsperren Sie sie, verbinden Sie ein Konto und drücken Sie noch einmal.',
    offline: 'Ihre Wallet hat keine Verbindung zu {network}. Prüfen Sie das in der Wallet und drücken Sie noch einmal.',
    wrongNetwork:
      'Ihre Wallet ist in einem anderen Netzwerk. Wechseln Sie zu {network} und drücken Sie noch einmal. Es wurde nichts gesendet.',
    addByHand:
      'Ihre Wallet kennt {network} nicht. Fügen Sie das Netzwerk in ihren Einstellungen hinzu und drücken Sie noch einmal.',
    realNetwork:
      'Ihre Wallet ist im echten Netzwerk {network}, und dies ist ein Test: Es wurde nichts gesendet. Tragen Sie in der Wallet {rpc} als RPC-Adresse dieses Netzwerks ein.',
    insufficient:
      'Dieses Konto hat nicht genug auf {network}. Wählen Sie ein anderes Konto in Ihrer Wallet, oder bezahlen Sie mit etwas anderem.',
    noFee:
      'Dieses Konto hat kein {coin} für die Gebühr des Netzwerks. Laden Sie etwas auf, oder wählen Sie ein anderes Konto.',
    failed: 'Ihre Wallet konnte es nicht ausführen. Sie meldet: {message}',
  },
}
