import type { CommonWords } from './common-words.ts'

export const is: CommonWords = {
  skip: 'Fara í meginmál',
  language: 'Tungumál',
  sandbox: 'Prófun',
  sandboxFooter: 'Þetta er prófun: engir raunverulegir peningar færast.',
  errorPrefix: 'Villa',
  tryAgain: 'Reyna aftur',
  errorReference: 'Tilvísun',
  notices: {
    notFound: {
      title: 'Þessi síða finnst ekki',
      text: 'Hlekkurinn er ef til vill ekki heill. Opnaðu hann aftur þaðan sem þú fannst hann.',
    },
    wrongMethod: { title: 'Þetta er ekki hægt hér', text: 'Farðu til baka og opnaðu síðuna aftur.' },
    badRequest: {
      title: 'Ekki tókst að lesa það sem var sent',
      text: 'Ekkert var gjaldfært. Farðu til baka og fylltu eyðublaðið út aftur.',
    },
    tooManyTries: {
      title: 'Of margar tilraunir',
      text: 'Of mörgum kortum var hafnað. Bíddu í klukkustund eða veldu aðra greiðsluleið í versluninni.',
    },
    unavailable: {
      title: 'Reyndu aftur eftir smástund',
      text: 'Við getum ekki svarað rétt í þessu. Ef þú varst að greiða sérðu niðurstöðuna með því að opna síðuna aftur.',
    },
    failed: {
      title: 'Eitthvað fór úrskeiðis hjá okkur',
      text: 'Opnaðu síðuna aftur áður en þú greiðir: hún sýnir hvort greiðslan tókst.',
    },
  },
}
