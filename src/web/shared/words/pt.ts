import type { CommonWords } from './common-words.ts'

export const pt: CommonWords = {
  skip: 'Ir para o conteúdo',
  language: 'Idioma',
  sandbox: 'Testes',
  sandboxFooter: 'Isto é um teste: não circula dinheiro real.',
  errorPrefix: 'Erro',
  tryAgain: 'Tentar novamente',
  errorReference: 'Referência',
  notices: {
    notFound: {
      title: 'Não encontramos esta página',
      text: 'O link pode estar incompleto. Abra-o novamente a partir de onde o encontrou.',
    },
    wrongMethod: { title: 'Isso não é possível aqui', text: 'Volte atrás e abra a página novamente.' },
    badRequest: {
      title: 'Não conseguimos ler os dados enviados',
      text: 'Não foi cobrado nada. Volte atrás e preencha o formulário novamente.',
    },
    tooManyTries: {
      title: 'Demasiadas tentativas',
      text: 'Foram recusados demasiados cartões. Aguarde uma hora ou escolha outro meio de pagamento na loja.',
    },
    unavailable: {
      title: 'Tente novamente dentro de momentos',
      text: 'De momento não conseguimos responder. Se acabou de pagar, abra a página novamente para ver o resultado.',
    },
    failed: {
      title: 'Algo correu mal do nosso lado',
      text: 'Abra a página novamente antes de pagar: ela mostra se o pagamento foi efetuado.',
    },
  },
}
