import type { MessageWords } from './message-words.ts'

export const fi: MessageWords = {
  code: {
    subject: (code) => `Koodisi: ${code}`,
    text: (code, minutes) => `Koodisi on ${code}. Se on voimassa ${minutes} minuuttia.`,
    warning: 'Kauppa tai me emme koskaan kysy sitä sinulta.',
  },
  pay_link: {
    subject: (shop) => `Maksusi kaupalle ${shop}`,
    text: (shop, amount) => `${shop} pyytää sinua maksamaan ${amount}.`,
    button: 'Avaa maksusivu',
  },
  invitation: {
    subject: (shop) => `Kutsu: ${shop}`,
    text: (by, shop, days) => `${by} kutsuu sinut myyjäportaaliin: ${shop}. Linkki toimii kerran, ${days} päivän ajan.`,
    warning: 'Jos et tunne lähettäjää, jätä tämä huomiotta: mitään ei tapahdu.',
    button: 'Hyväksy kutsu',
  },
  order_confirmed: {
    subject: (shop) => `Tilauksesi on vahvistettu: ${shop}`,
    text: (shop, total) => `Kiitos: ostit summalla ${total} kaupasta ${shop}. Näin maksat:`,
    plan: 'Maksusi',
  },
  charged_soon: {
    subject: (shop) => `Seuraava maksusi kaupalle ${shop}`,
    text: (amount, shop, date) => `${date} veloitamme kortiltasi ${amount} tilauksestasi kaupassa ${shop}.`,
  },
  charged: {
    subject: (amount) => `Olet maksanut ${amount}`,
    text: (amount, shop) => `Veloitimme ${amount} tilauksestasi kaupassa ${shop}. Kiitos.`,
    lateFee: (fee) => `Siitä ${fee} on viivästysmaksua.`,
  },
  charge_failed: {
    subject: 'Maksuasi ei voitu veloittaa',
    text: (amount, shop) => `Emme voineet veloittaa ${amount} tilauksestasi kaupassa ${shop}.`,
    next: (date) => `Yritämme uudelleen ${date}.`,
    lateFee: (fee, date) => `Jos maksua ei ole maksettu ennen ${date}, siihen lisätään ${fee} viivästysmaksu.`,
    help: 'Voit maksaa heti tai valita toisen kortin tililläsi.',
  },
  refunded: {
    subject: (shop) => `Hyvitys kaupasta ${shop}`,
    text: (amount, shop) => `${shop} hyvittää sinulle ${amount}.`,
    toCard: (amount) => `${amount} palautuu kortillesi. Pankkisi näyttää sen 5–10 arkipäivässä.`,
    offPlan: (amount) => `${amount} vähennettiin tulevista maksuista.`,
  },
  cancelled: {
    subject: (shop) => `Tilauksesi on peruttu: ${shop}`,
    text: (total, shop) => `Tilauksesi ${total} kaupassa ${shop} on peruttu. Kortiltasi ei veloiteta enempää.`,
  },
  late_fee: {
    subject: 'Viivästysmaksu lisättiin',
    text: (fee, shop, payable) =>
      `${fee} lisättiin, koska tilauksesi maksu kaupassa ${shop} on myöhässä. Siitä on nyt maksettavana ${payable}.`,
    help: 'Maksa nyt tililläsi.',
  },
  late_fee_waived: {
    subject: 'Viivästysmaksusi on peruttu',
    text: (fee, shop) =>
      `Perumme tilauksesi ${fee} viivästysmaksun kaupassa ${shop}. Siitä jo maksettu palautuu kortillesi.`,
  },
  overdue: {
    subject: 'Maksu on myöhässä',
    text: (amount, shop) =>
      `${amount} tilauksestasi kaupassa ${shop} on myöhässä. Maksa se tililläsi; siihen asti et voi tehdä uusia ostoksia.`,
  },
  card: (brand, last4) => `${brand}-kortti, jonka lopussa on ${last4}`,
  account: 'Avaa tilisi',
  footer: 'Saat tämän viestin, koska tätä osoitetta käytettiin ostokseen tai tiliin.',
}
