import type { Words } from './words.ts'

const another = 'Não foi cobrado nada. Use outro cartão.'

export const pt: Words = {
  orderReference: 'Encomenda',
  planTitle: 'Os seus pagamentos',
  today: 'Hoje',
  total: 'Total',
  heading: {
    instalments: (count) => `em ${count} pagamentos, sem juros`,
    later: (date) => `a pagar até ${date}, sem juros`,
  },
  formTitle: 'Pagar com cartão',
  labels: { number: 'Número do cartão', expiry: 'Data de validade', code: 'Código de segurança' },
  hints: { expiry: 'Mês/ano: MM/AA', code: '3 ou 4 algarismos' },
  payToday: (amount) => `Pagar ${amount} hoje`,
  payLater: 'Confirmar e pagar depois',
  cancel: 'Cancelar e voltar à loja',
  privacy: 'A loja nunca vê os dados do seu cartão.',
  testCards: {
    title: 'Cartões de teste',
    approved: 'Aceite',
    declined: 'Recusado',
    rest: 'Serve qualquer data futura e qualquer código de segurança.',
  },
  problemsTitle: 'Verifique os dados do cartão',
  problems: {
    number_missing: 'Introduza o número do cartão',
    number_format: 'Verifique o número do cartão: falta um algarismo ou há um erro',
    expiry_missing: 'Introduza a data de validade',
    expiry_format: 'Introduza a validade como mês e ano, por exemplo 04/29',
    expiry_past: 'Este cartão expirou: introduza uma data futura',
    code_missing: 'Introduza o código de segurança',
    code_format: 'O código de segurança tem 3 ou 4 algarismos',
  },
  declinedTitle: 'O seu cartão não foi aceite',
  declined: {
    card_declined: `O seu banco recusou o pagamento. ${another}`,
    insufficient_funds: `Não há saldo suficiente neste cartão. ${another}`,
    expired_card: `Este cartão expirou. ${another}`,
    invalid_card_number:
      'Não existe nenhum cartão com este número. Não foi cobrado nada. Verifique-o ou use outro cartão.',
    invalid_expiry: 'A validade não corresponde ao cartão. Não foi cobrado nada. Verifique-a.',
    incorrect_security_code: 'O código de segurança não corresponde ao cartão. Não foi cobrado nada. Verifique-o.',
    lost_or_stolen_card: `O seu banco recusou o pagamento. ${another}`,
    suspected_fraud: `O seu banco recusou o pagamento. ${another}`,
    not_permitted: `Este cartão não pode ser usado para este pagamento. ${another}`,
    limit_exceeded: `O pagamento ultrapassa o limite deste cartão. ${another}`,
    authentication_required: `O seu banco não conseguiu confirmar a sua identidade. ${another}`,
    issuer_unavailable: 'O seu banco não respondeu. Não foi cobrado nada. Tente novamente ou use outro cartão.',
    duplicate: 'O pagamento não foi efetuado. Não foi cobrado nada. Tente novamente.',
    processing_error: 'O pagamento não foi efetuado. Não foi cobrado nada. Tente novamente ou use outro cartão.',
    outcome_unknown: 'O pagamento não foi efetuado. Tente novamente ou use outro cartão.',
  },
  backToShop: 'Voltar à loja',
  refresh: 'Verificar novamente',
  notices: {
    howItWorks: {
      title: 'Compre agora, pague aos poucos',
      text: 'Escolha esta opção ao pagar na sua loja e confirme com o seu cartão. Paga em 3 ou 4 prestações mensais, a primeira hoje, ou tudo ao fim de 14 dias. Sem juros.',
    },
    checking: {
      title: 'Estamos a verificar o seu pagamento',
      text: 'O seu banco está a demorar mais do que o habitual. Não pague novamente: esta encomenda não pode ser cobrada duas vezes.',
    },
    paid: { title: 'O seu pagamento está aprovado', text: 'Volte à loja para concluir a encomenda.' },
    paidByLink: { title: 'O seu pagamento está aprovado', text: 'Não há mais nada a fazer: pode fechar esta página.' },
    expired: {
      title: 'Este pagamento expirou',
      text: 'Passou demasiado tempo: a encomenda foi fechada e não foi cobrado nada. Pode recomeçar na loja.',
    },
    ended: {
      title: 'Esta encomenda está fechada',
      text: 'Não há mais nada a pagar. Se tiver alguma dúvida, a loja pode ajudar.',
    },
    unknown: {
      title: 'Não encontramos este pagamento',
      text: 'O link pode estar incompleto. Volte à loja e abra o pagamento a partir daí.',
    },
  },
}
