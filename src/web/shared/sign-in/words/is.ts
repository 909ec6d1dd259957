import type { SignInWords } from './sign-in-words.ts'

export const is: SignInWords = {
  contact: {
    title: 'Símanúmerið þitt eða netfang',
    text: 'Við sendum þér kóða. Þú þarft ekkert lykilorð.',
    labels: { both: 'Farsímanúmer eða netfang', email: 'Netfang', sms: 'Farsímanúmer' },
    button: 'Halda áfram',
  },
  contactProblems: {
    missing: 'Sláðu inn farsímanúmer eða netfang',
    format: 'Sláðu inn númer með landsnúmeri, til dæmis +354 611 1234, eða netfang',
    no_channel: 'Við getum ekki sent kóða þangað. Notaðu hitt: netfang eða farsíma.',
    too_many: 'Beðið var um of marga kóða. Reyndu aftur eftir klukkustund.',
  },
  code: {
    title: 'Sláðu inn kóðann',
    text: (contact) => `Við sendum 6 tölustafa kóða á ${contact}.`,
    label: 'Kóði',
    button: 'Halda áfram',
  },
  codeProblems: {
    missing: 'Sláðu inn 6 tölustafi kóðans',
    wrong: (left) => `Kóðinn er ekki réttur. Tilraunir eftir: ${left}`,
    over: 'Kóðinn gildir ekki lengur. Biddu um nýjan.',
  },
  remember: 'Muna eftir mér á þessu tæki',
  resend: 'Senda nýjan kóða',
  tooSoon: (seconds) => `Kóði er á leiðinni. Þú getur beðið um annan eftir ${seconds} sekúndur.`,
  other: 'Nota annað númer eða netfang',
  sandbox: { title: 'Prófun', text: (code) => `Kóðinn er alltaf ${code}.` },
  stale: {
    title: 'Reyndu aftur',
    text: 'Síðan var opin of lengi eða vafrinn geymir ekki kökur. Ekkert var gjaldfært.',
  },
  signOut: 'Skrá út',
}
