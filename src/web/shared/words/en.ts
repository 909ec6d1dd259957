import type { CommonWords } from './common-words.ts'

export const en: CommonWords = {
  skip: 'Skip to content',
  language: 'Language',
  sandbox: 'Sandbox',
  sandboxFooter: 'This is a test: no real money moves.',
  errorPrefix: 'Error',
  tryAgain: 'Try again',
  errorReference: 'Reference',
  notices: {
    notFound: {
      title: 'We cannot find this page',
      text: 'The link may be incomplete. Please open it again from where you found it.',
    },
    wrongMethod: { title: 'This cannot be done here', text: 'Please go back and open the page again.' },
    badRequest: {
      title: 'We could not read what was sent',
      text: 'Nothing was charged. Please go back and fill in the form again.',
    },
    tooManyTries: {
      title: 'Too many tries',
      text: 'Too many cards were declined. Please wait an hour, or choose another way to pay at the shop.',
    },
    unavailable: {
      title: 'Please try again in a moment',
      text: 'We cannot answer just now. If you have just paid, opening the page again shows how it went.',
    },
    failed: {
      title: 'Something went wrong on our side',
      text: 'Please open the page again before you pay: it shows whether your payment went through.',
    },
  },
}
