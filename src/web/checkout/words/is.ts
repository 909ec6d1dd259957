import type { Words } from './words.ts'

export const is: Words = {
  orderReference: 'Pöntun',
  planTitle: 'Greiðslurnar þínar',
  today: 'Í dag',
  heading: {
    instalments: (count) => `í ${count} greiðslum, vaxtalaust`,
    later: (date) => `til greiðslu fyrir ${date}, vaxtalaust`,
  },
  formTitle: 'Greiða með korti',
  payToday: (amount) => `Greiða ${amount} í dag`,
  payLater: 'Staðfesta og greiða síðar',
  cancel: 'Hætta við og fara aftur í verslunina',
  privacy: 'Verslunin sér aldrei kortaupplýsingarnar þínar.',
  backToShop: 'Aftur í verslunina',
  refresh: 'Athuga aftur',
  notices: {
    howItWorks: {
      title: 'Kauptu núna, greiddu smám saman',
      text: 'Veldu þetta þegar þú greiðir í versluninni og staðfestu með kortinu þínu. Þú greiðir í 3 eða 4 mánaðarlegum greiðslum, þá fyrstu í dag, eða allt eftir 14 daga. Vaxtalaust.',
    },
    checking: {
      title: 'Við erum að athuga greiðsluna',
      text: 'Bankinn þinn er lengur að svara en venjulega. Ekki greiða aftur: ekki er hægt að gjaldfæra þessa pöntun tvisvar.',
    },
    paid: { title: 'Greiðslan er samþykkt', text: 'Farðu aftur í verslunina til að ljúka pöntuninni.' },
    paidByLink: { title: 'Greiðslan er samþykkt', text: 'Þú þarft ekki að gera neitt meira: þú getur lokað síðunni.' },
    expired: {
      title: 'Þessi greiðsla er útrunnin',
      text: 'Það tók of langan tíma: pöntuninni var lokað og ekkert var gjaldfært. Þú getur byrjað aftur í versluninni.',
    },
    ended: {
      title: 'Þessari pöntun er lokið',
      text: 'Ekkert er eftir að greiða. Verslunin getur hjálpað þér ef þú hefur spurningu.',
    },
    unknown: {
      title: 'Við finnum ekki þessa greiðslu',
      text: 'Hlekkurinn er ef til vill ekki heill. Farðu aftur í verslunina og opnaðu greiðsluna þaðan.',
    },
  },
  chooseProduct: 'Hvernig viltu greiða?',
  products: { instalments: (count) => `Greiða í ${count} hlutum`, later: 'Greiða síðar' },
  profile: {
    title: 'Segðu okkur hver þú ert',
    text: 'Við spyrjum einu sinni, til að opna reikninginn þinn.',
    labels: {
      givenNames: 'Fornafn',
      surname: 'Eftirnafn',
      birthDate: 'Fæðingardagur',
      address: 'Gata og númer',
      postcode: 'Póstnúmer',
      city: 'Staður',
      country: 'Land',
    },
    birthDateHint: 'Dagur/mánuður/ár, til dæmis 31/01/1990',
    other: { email: 'Netfang fyrir kvittanir', sms: 'Farsími fyrir tilkynningar um greiðslur' },
    otherHint: 'Þú mátt sleppa þessu.',
    problems: {
      missing: 'Fylltu þennan reit út',
      format: 'Athugaðu þennan reit',
      too_young: 'Þú þarft að vera 18 ára eða eldri til að kaupa svona',
    },
    button: 'Halda áfram',
    problemsTitle: 'Athugaðu það sem þú fylltir út',
  },
  confirmTitle: 'Athugaðu og staðfestu',
  payWith: 'Greiða með',
  savedCard: (brand, last4) => `${brand} sem endar á ${last4}`,
  anotherCard: 'Annað kort',
  cardIsKept: 'Við geymum kortið fyrir næstu greiðslur. Þú getur skipt um það á reikningnum þínum.',
  terms: {
    instalments:
      'Með því að staðfesta samþykkir þú að greiða þessa daga og að við tökum hverja greiðslu af þessu korti.',
    later: (date) => `Með því að staðfesta samþykkir þú að við tökum alla upphæðina af þessu korti ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} eftir ${days} ${days === 1 ? 'dags' : 'daga'} töf`,
  lateFees: (stages, most, share) =>
    `Ef greitt er of seint bætist við vanskilagjald: ${stages}; mest ${most} fyrir hverja greiðslu og ${share} af pöntuninni.`,
  signedInAs: (contact) => `Þú ert ${contact}.`,
  timeLeft: 'Tími eftir:',
  refused: {
    title: 'Við getum ekki boðið þér þessi kaup',
    amount_out_of_limits:
      'Upphæðin er utan þess sem þessi verslun leyfir að greiða svona. Veldu aðra greiðsluleið í versluninni.',
    shopper_blocked: 'Ekki er hægt að nota reikninginn þinn til nýrra kaupa. Veldu aðra greiðsluleið í versluninni.',
    instalments_overdue:
      'Greiðsla þín er komin fram yfir gjalddaga. Greiddu hana á reikningnum þínum, þá geturðu keypt aftur.',
    exposure_too_high:
      'Með þessari pöntun myndirðu skulda meira en við getum lánað núna. Greiddu hluta á reikningnum þínum eða veldu aðra greiðsluleið í versluninni.',
    too_many_orders:
      'Þú hefur staðfest nokkrar pantanir í dag. Reyndu aftur á morgun eða veldu aðra greiðsluleið í versluninni.',
    card_expires_too_early: 'Þetta kort rennur út fyrir síðustu greiðsluna þína. Notaðu kort sem gildir lengur.',
  },
  bank: {
    title: 'Bankinn þinn vill staðfesta að þetta sért þú',
    text: 'Haltu áfram í bankann. Þú kemur sjálfkrafa aftur hingað.',
    button: 'Halda áfram í bankann',
  },
  somebodyElses: {
    title: 'Þessi pöntun tilheyrir öðrum',
    text: 'Hún var staðfest af öðrum reikningi. Ef það varst þú, skráðu þig inn með því númeri eða netfangi.',
  },
  noAcquirer: {
    title: 'Þessi verslun tekur ekki við greiðslum hér núna',
    text: 'Veldu aðra greiðsluleið í versluninni.',
  },
  change: 'Breyta',
}
