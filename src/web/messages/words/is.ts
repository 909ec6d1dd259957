import type { MessageWords } from './message-words.ts'

export const is: MessageWords = {
  code: {
    subject: (code) => `Kóðinn þinn: ${code}`,
    text: (code, minutes) => `Kóðinn þinn er ${code}. Hann gildir í ${minutes} mínútur.`,
    warning: 'Hvorki verslunin né við munum nokkurn tíma biðja þig um hann.',
  },
  pay_link: {
    subject: (shop) => `Greiðslan þín til ${shop}`,
    text: (shop, amount) => `${shop} biður þig að greiða ${amount}.`,
    button: 'Opna greiðslusíðuna',
  },
  invitation: {
    subject: (shop) => `Boð til ${shop}`,
    text: (by, shop, days) =>
      `${by} býður þér á söluaðilasíður ${shop}. Hlekkurinn gildir einu sinni, innan ${days} daga.`,
    warning: 'Ef þú þekkir ekki sendandann skaltu láta þetta eiga sig: þá gerist ekkert.',
    button: 'Þiggja boðið',
  },
  order_confirmed: {
    subject: (shop) => `Pöntunin þín hjá ${shop} er staðfest`,
    text: (shop, total) => `Takk: þú keyptir fyrir ${total} hjá ${shop}. Svona greiðir þú:`,
    plan: 'Greiðslurnar þínar',
  },
  charged_soon: {
    subject: (shop) => `Næsta greiðsla þín til ${shop}`,
    text: (amount, shop, date) =>
      `Þann ${date} gjaldfærum við ${amount} á kortið þitt vegna pöntunar þinnar hjá ${shop}.`,
  },
  charged: {
    subject: (amount) => `Þú hefur greitt ${amount}`,
    text: (amount, shop) => `Við gjaldfærðum ${amount} vegna pöntunar þinnar hjá ${shop}. Takk fyrir.`,
    lateFee: (fee) => `Þar af er ${fee} vanskilagjald.`,
  },
  charge_failed: {
    subject: 'Ekki tókst að gjaldfæra greiðsluna',
    text: (amount, shop) => `Okkur tókst ekki að gjaldfæra ${amount} vegna pöntunar þinnar hjá ${shop}.`,
    next: (date) => `Við reynum aftur ${date}.`,
    lateFee: (fee, date) => `Ef ekki er greitt fyrir ${date} bætist við ${fee} vanskilagjald.`,
    help: 'Þú getur greitt núna eða valið annað kort á reikningnum þínum.',
  },
  refunded: {
    subject: (shop) => `Endurgreiðsla frá ${shop}`,
    text: (amount, shop) => `${shop} endurgreiðir þér ${amount}.`,
    toCard: (amount) => `${amount} fara aftur á kortið þitt. Bankinn þinn sýnir það innan 5 til 10 virkra daga.`,
    offPlan: (amount) => `${amount} voru dregnar frá ógreiddum greiðslum.`,
  },
  cancelled: {
    subject: (shop) => `Pöntunin þín hjá ${shop} er afturkölluð`,
    text: (total, shop) =>
      `Pöntun þín upp á ${total} hjá ${shop} var afturkölluð. Ekkert meira verður gjaldfært á kortið þitt.`,
  },
  late_fee: {
    subject: 'Vanskilagjald bættist við',
    text: (fee, shop, payable) =>
      `${fee} bættust við vegna þess að greiðsla fyrir pöntun þína hjá ${shop} er of sein. Nú eru ${payable} til greiðslu fyrir hana.`,
    help: 'Greiddu núna á reikningnum þínum.',
  },
  late_fee_waived: {
    subject: 'Vanskilagjaldið er fellt niður',
    text: (fee, shop) =>
      `Við fellum niður vanskilagjaldið ${fee} vegna pöntunar þinnar hjá ${shop}. Það sem þú hefur þegar greitt af því fer aftur á kortið þitt.`,
  },
  overdue: {
    subject: 'Greiðsla er komin fram yfir',
    text: (amount, shop) =>
      `${amount} vegna pöntunar þinnar hjá ${shop} eru komnar fram yfir gjalddaga. Greiddu á reikningnum þínum; þangað til geturðu ekki keypt aftur.`,
  },
  card: (brand, last4) => `${brand}-kort sem endar á ${last4}`,
  account: 'Opna reikninginn þinn',
  footer: 'Þú færð þessi skilaboð vegna þess að þetta netfang eða númer var notað við kaup eða aðgang.',
}
