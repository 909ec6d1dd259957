import type { Words } from './words.ts'

export const fi: Words = {
  orderReference: 'Tilaus',
  planTitle: 'Maksusi',
  today: 'Tänään',
  heading: {
    instalments: (count) => `${count} maksussa, ilman korkoa`,
    later: (date) => `maksettava viimeistään ${date}, ilman korkoa`,
  },
  formTitle: 'Maksa kortilla',
  payToday: (amount) => `Maksa ${amount} tänään`,
  payLater: 'Vahvista ja maksa myöhemmin',
  cancel: 'Peruuta ja palaa kauppaan',
  privacy: 'Kauppa ei näe korttisi tietoja.',
  backToShop: 'Takaisin kauppaan',
  refresh: 'Tarkista uudelleen',
  notices: {
    howItWorks: {
      title: 'Osta nyt, maksa vähitellen',
      text: 'Valitse tämä kaupan kassalla ja vahvista kortillasi. Maksat 3 tai 4 kuukausierässä, ensimmäisen tänään, tai kaiken 14 päivän kuluttua. Ilman korkoa.',
    },
    checking: {
      title: 'Tarkistamme maksuasi',
      text: 'Pankkisi vastaus kestää tavallista kauemmin. Älä maksa uudelleen: tätä tilausta ei voi veloittaa kahdesti.',
    },
    paid: { title: 'Maksusi on hyväksytty', text: 'Palaa kauppaan viimeistelemään tilaus.' },
    paidByLink: { title: 'Maksusi on hyväksytty', text: 'Sinun ei tarvitse tehdä muuta: voit sulkea tämän sivun.' },
    expired: {
      title: 'Maksu on vanhentunut',
      text: 'Aika loppui: tilaus suljettiin eikä mitään veloitettu. Voit aloittaa kaupassa uudelleen.',
    },
    ended: { title: 'Tilaus on suljettu', text: 'Maksettavaa ei ole. Kauppa auttaa, jos sinulla on kysyttävää.' },
    unknown: {
      title: 'Maksua ei löydy',
      text: 'Linkki voi olla vaillinainen. Palaa kauppaan ja avaa maksu sieltä uudelleen.',
    },
  },
  chooseProduct: 'Miten haluat maksaa?',
  products: { instalments: (count) => `Maksa ${count} erässä`, later: 'Maksa myöhemmin' },
  profile: {
    title: 'Kerro, kuka olet',
    text: 'Kysymme kerran, jotta voimme avata tilisi.',
    labels: {
      givenNames: 'Etunimi',
      surname: 'Sukunimi',
      birthDate: 'Syntymäaika',
      address: 'Katuosoite',
      postcode: 'Postinumero',
      city: 'Paikkakunta',
      country: 'Maa',
    },
    birthDateHint: 'Päivä/kuukausi/vuosi, esimerkiksi 31/01/1990',
    other: { email: 'Sähköposti kuitteja varten', sms: 'Matkapuhelin maksujesi viestejä varten' },
    otherHint: 'Voit jättää tämän tyhjäksi.',
    problems: {
      missing: 'Täytä tämä kenttä',
      format: 'Tarkista tämä kenttä',
      too_young: 'Sinun on oltava vähintään 18-vuotias ostaaksesi näin',
    },
    button: 'Jatka',
    problemsTitle: 'Tarkista antamasi tiedot',
  },
  confirmTitle: 'Tarkista ja vahvista',
  payWith: 'Maksutapa',
  savedCard: (brand, last4) => `${brand}, lopussa ${last4}`,
  anotherCard: 'Toinen kortti',
  cardIsKept: 'Säilytämme kortin tulevia maksuja varten. Voit vaihtaa sen tililläsi.',
  terms: {
    instalments: 'Vahvistamalla hyväksyt, että maksat näinä päivinä ja että veloitamme jokaisen maksun tältä kortilta.',
    later: (date) => `Vahvistamalla hyväksyt, että veloitamme koko summan tältä kortilta ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount}, kun maksu on ${days} ${days === 1 ? 'päivän' : 'päivää'} myöhässä`,
  lateFees: (stages, most, share) =>
    `Jos maksat myöhässä, lisätään viivästysmaksu: ${stages}; enintään ${most} maksua kohti ja ${share} tilauksesta.`,
  signedInAs: (contact) => `Olet ${contact}.`,
  timeLeft: 'Aikaa jäljellä:',
  refused: {
    title: 'Emme voi tarjota sinulle tätä ostosta',
    amount_out_of_limits:
      'Summa ei ole niissä rajoissa, joissa tässä kaupassa voi maksaa näin. Valitse kaupassa toinen maksutapa.',
    shopper_blocked: 'Tiliäsi ei voi käyttää uusiin ostoksiin. Valitse kaupassa toinen maksutapa.',
    instalments_overdue: 'Maksusi on myöhässä. Maksa se tililläsi, niin voit ostaa taas.',
    exposure_too_high:
      'Tämän tilauksen jälkeen olisit velkaa enemmän kuin voimme nyt antaa. Maksa osa tililläsi tai valitse kaupassa toinen maksutapa.',
    too_many_orders:
      'Olet vahvistanut tänään useita tilauksia. Yritä huomenna uudelleen tai valitse kaupassa toinen maksutapa.',
    card_expires_too_early: 'Tämä kortti vanhenee ennen viimeistä maksuasi. Käytä korttia, joka on voimassa pidempään.',
  },
  bank: {
    title: 'Pankkisi haluaa varmistaa, että se olet sinä',
    text: 'Jatka pankkiisi. Palaat tänne automaattisesti.',
    button: 'Jatka pankkiin',
  },
  somebodyElses: {
    title: 'Tämä tilaus kuuluu jollekulle muulle',
    text: 'Se vahvistettiin toiselta tililtä. Jos se olit sinä, kirjaudu sisään sillä numerolla tai osoitteella.',
  },
  noAcquirer: { title: 'Tämä kauppa ei ota täällä maksuja juuri nyt', text: 'Valitse kaupassa toinen maksutapa.' },
  change: 'Vaihda',
}
