import type { Words } from './words.ts'

export const nl: Words = {
  orderReference: 'Bestelling',
  planTitle: 'Je betalingen',
  today: 'Vandaag',
  heading: {
    instalments: (count) => `in ${count} betalingen, zonder rente`,
    later: (date) => `te betalen vóór ${date}, zonder rente`,
  },
  formTitle: 'Betalen met kaart',
  payToday: (amount) => `Vandaag ${amount} betalen`,
  payLater: 'Bevestigen en later betalen',
  cancel: 'Annuleren en terug naar de winkel',
  privacy: 'De winkel ziet je kaartgegevens nooit.',
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
  chooseProduct: 'Hoe wil je betalen?',
  products: { instalments: (count) => `Betaal in ${count} delen`, later: 'Betaal later' },
  profile: {
    title: 'Vertel ons wie je bent',
    text: 'We vragen het één keer, om je account te openen.',
    labels: {
      givenNames: 'Voornaam',
      surname: 'Achternaam',
      birthDate: 'Geboortedatum',
      address: 'Straat en nummer',
      postcode: 'Postcode',
      city: 'Plaats',
      country: 'Land',
    },
    birthDateHint: 'Dag/maand/jaar, zoals 31/01/1990',
    other: { email: 'E-mail voor bonnen', sms: 'Mobiel nummer voor berichten over je betalingen' },
    otherHint: 'Je mag dit leeg laten.',
    problems: {
      missing: 'Vul dit veld in',
      format: 'Controleer dit veld',
      too_young: 'Je moet 18 jaar of ouder zijn om zo te kopen',
    },
    button: 'Verder',
    problemsTitle: 'Controleer wat je hebt ingevuld',
  },
  confirmTitle: 'Controleer en bevestig',
  payWith: 'Betalen met',
  savedCard: (brand, last4) => `${brand} eindigend op ${last4}`,
  anotherCard: 'Andere kaart',
  cardIsKept: 'We bewaren de kaart voor de komende betalingen. Je kunt haar in je account wijzigen.',
  terms: {
    instalments:
      'Door te bevestigen ga je ermee akkoord op deze dagen te betalen en dat we elke betaling van deze kaart afschrijven.',
    later: (date) =>
      `Door te bevestigen ga je ermee akkoord dat we op ${date} het hele bedrag van deze kaart afschrijven.`,
  },
  lateFeeStage: (amount, days) => `${amount} na ${days} ${days === 1 ? 'dag' : 'dagen'} vertraging`,
  lateFees: (stages, most, share) =>
    `Bij te late betaling komen er aanmaningskosten bij: ${stages}; hoogstens ${most} per betaling en ${share} van de bestelling.`,
  signedInAs: (contact) => `Je bent ${contact}.`,
  timeLeft: 'Resterende tijd:',
  refused: {
    title: 'We kunnen je deze aankoop niet aanbieden',
    amount_out_of_limits:
      'Het bedrag valt buiten wat je in deze winkel zo kunt betalen. Kies een andere betaalwijze in de winkel.',
    shopper_blocked:
      'Je account kan niet voor nieuwe aankopen worden gebruikt. Kies een andere betaalwijze in de winkel.',
    instalments_overdue: 'Een van je betalingen is te laat. Betaal haar in je account, dan kun je weer kopen.',
    exposure_too_high:
      'Met deze bestelling zou je meer verschuldigd zijn dan we nu kunnen voorschieten. Los iets af in je account of kies een andere betaalwijze in de winkel.',
    too_many_orders:
      'Je hebt vandaag meerdere bestellingen bevestigd. Probeer het morgen opnieuw of kies een andere betaalwijze in de winkel.',
    card_expires_too_early: 'Deze kaart verloopt vóór je laatste betaling. Gebruik een kaart die langer geldig is.',
  },
  bank: {
    title: 'Je bank wil controleren of jij het bent',
    text: 'Ga verder naar je bank. Je komt vanzelf hier terug.',
    button: 'Verder naar de bank',
  },
  somebodyElses: {
    title: 'Deze bestelling is van iemand anders',
    text: 'Ze is bevestigd vanuit een ander account. Was jij dat, log dan in met dat nummer of adres.',
  },
  noAcquirer: {
    title: 'Deze winkel neemt hier nu geen betalingen aan',
    text: 'Kies een andere betaalwijze in de winkel.',
  },
  change: 'Wijzigen',
}
