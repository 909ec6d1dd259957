import type { AccountWords } from './account-words.ts'

export const is: AccountWords = {
  title: 'Reikningurinn þinn',
  plans: {
    title: 'Kaupin þín',
    none: 'Þú hefur ekki keypt neitt enn.',
    incomplete: 'Ekki er hægt að sýna sum kaup í augnablikinu. Vinsamlegast líttu aftur eftir nokkrar mínútur.',
    owed: 'Ógreitt',
    instalment: (number, count) => `Greiðsla ${number} af ${count}`,
  },
  statuses: { scheduled: 'Áætluð', paid: 'Greidd', overdue: 'Í vanskilum', cancelled: 'Felld niður' },
  lateFee: (amount) => `vanskilagjald ${amount}`,
  payNow: 'Greiða núna',
  payAll: 'Greiða allt',
  payAllHint: (count) => `Á yfirlitinu þínu birtist þetta sem ${count} greiðslur.`,
  results: {
    paid: 'Greitt. Takk fyrir.',
    declined: 'Kortinu þínu var hafnað. Notaðu annað.',
    unknown: 'Bankinn þinn hefur ekki svarað. Ekkert er gjaldfært tvisvar.',
    nothing_done: 'Ekkert var til að greiða.',
    changed: 'Upphæðin hefur breyst á meðan. Skoðaðu hana aftur.',
  },
  cards: {
    title: 'Kortin þín',
    none: 'Þú átt engin vistuð kort.',
    isDefault: 'Sjálfgefið',
    makeDefault: 'Gera sjálfgefið',
    remove: 'Fjarlægja',
    inUse: 'Kort ógreiddra kaupa má fjarlægja þegar þau eru greidd.',
    add: 'Bæta við korti',
    addText:
      'Hér eftir er greitt með því það sem ógreitt er. Aðeins það sem þegar er fallið í gjalddaga er gjaldfært núna.',
    keep: 'Vista þetta kort',
    added: 'Kortið þitt er vistað og greiðir það sem ógreitt er.',
  },
  sessions: { title: 'Hvar þú ert skráð(ur) inn', here: 'Þetta tæki', end: 'Enda', endAll: 'Skrá út alls staðar' },
  data: {
    title: 'Gögnin þín',
    download: 'Sækja',
    language: 'Tungumál skilaboða okkar',
    save: 'Vista',
    erase: 'Eyða reikningnum mínum',
  },
  erasing: {
    title: 'Eyða reikningnum þínum?',
    text: 'Við gleymum nafni þínu, tengiliðum, kortum og skilaboðum okkar fyrir fullt og allt. Kaupin þín verða áfram í bókum verslana, án reikningsins þíns.',
    confirm: 'Eyða endanlega',
    keep: 'Halda reikningnum mínum',
    open: 'Eitthvað er enn óuppgert: þegar allt er greitt getur þú eytt reikningnum þínum.',
    done: {
      title: 'Reikningnum þínum hefur verið eytt',
      text: 'Við geymum ekkert um þig nema upphæðirnar í bókunum. Takk fyrir.',
    },
  },
  receipt: {
    title: 'Kvittun',
    print: 'Prenta',
    payments: 'Greiðslur',
    paidBack: 'Endurgreitt',
    back: 'Aftur á reikninginn þinn',
  },
}
