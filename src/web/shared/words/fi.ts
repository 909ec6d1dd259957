import type { CommonWords } from './common-words.ts'

export const fi: CommonWords = {
  skip: 'Siirry sisältöön',
  language: 'Kieli',
  sandbox: 'Testi',
  sandboxFooter: 'Tämä on testi: oikeaa rahaa ei liiku.',
  errorPrefix: 'Virhe',
  tryAgain: 'Yritä uudelleen',
  errorReference: 'Viite',
  notices: {
    notFound: {
      title: 'Sivua ei löydy',
      text: 'Linkki voi olla vaillinainen. Avaa se uudelleen sieltä, mistä löysit sen.',
    },
    wrongMethod: { title: 'Tätä ei voi tehdä täällä', text: 'Palaa takaisin ja avaa sivu uudelleen.' },
    badRequest: {
      title: 'Lähetettyjä tietoja ei voitu lukea',
      text: 'Mitään ei veloitettu. Palaa takaisin ja täytä lomake uudelleen.',
    },
    tooManyTries: {
      title: 'Liian monta yritystä',
      text: 'Liian monta korttia on hylätty. Odota tunti tai valitse kaupassa toinen maksutapa.',
    },
    unavailable: {
      title: 'Yritä hetken kuluttua uudelleen',
      text: 'Emme pysty juuri nyt vastaamaan. Jos maksoit juuri, avaa sivu uudelleen, niin näet miten kävi.',
    },
    failed: {
      title: 'Meillä meni jotain pieleen',
      text: 'Avaa sivu uudelleen ennen maksamista: siitä näet, onnistuiko maksu.',
    },
  },
}
