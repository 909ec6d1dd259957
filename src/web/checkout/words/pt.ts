import type { Words } from './words.ts'

export const pt: Words = {
  orderReference: 'Encomenda',
  planTitle: 'Os seus pagamentos',
  today: 'Hoje',
  heading: {
    instalments: (count) => `em ${count} pagamentos, sem juros`,
    later: (date) => `a pagar até ${date}, sem juros`,
  },
  formTitle: 'Pagar com cartão',
  payToday: (amount) => `Pagar ${amount} hoje`,
  payLater: 'Confirmar e pagar depois',
  cancel: 'Cancelar e voltar à loja',
  privacy: 'A loja nunca vê os dados do seu cartão.',
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
  chooseProduct: 'Como quer pagar?',
  products: { instalments: (count) => `Pagar em ${count} vezes`, later: 'Pagar mais tarde' },
  profile: {
    title: 'Diga-nos quem é',
    text: 'Perguntamos só uma vez, para abrir a sua conta.',
    labels: {
      givenNames: 'Nome próprio',
      surname: 'Apelido',
      birthDate: 'Data de nascimento',
      address: 'Rua e número',
      postcode: 'Código postal',
      city: 'Localidade',
      country: 'País',
    },
    birthDateHint: 'Dia/mês/ano, por exemplo 31/01/1990',
    other: { email: 'E-mail para recibos', sms: 'Telemóvel para notícias dos seus pagamentos' },
    otherHint: 'Pode deixar vazio.',
    problems: {
      missing: 'Preencha este campo',
      format: 'Verifique este campo',
      too_young: 'Tem de ter 18 anos ou mais para comprar assim',
    },
    button: 'Continuar',
    problemsTitle: 'Verifique o que preencheu',
  },
  confirmTitle: 'Verificar e confirmar',
  payWith: 'Pagar com',
  savedCard: (brand, last4) => `${brand} terminado em ${last4}`,
  anotherCard: 'Outro cartão',
  cardIsKept: 'Guardamos o cartão para os próximos pagamentos. Pode mudá-lo na sua conta.',
  terms: {
    instalments: 'Ao confirmar aceita pagar nestas datas e que cobremos cada pagamento deste cartão.',
    later: (date) => `Ao confirmar aceita que cobremos o valor total deste cartão em ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} após ${days} ${days === 1 ? 'dia' : 'dias'} de atraso`,
  lateFees: (stages, most, share) =>
    `Se pagar com atraso, acresce uma taxa: ${stages}; no máximo ${most} por pagamento e ${share} da encomenda.`,
  signedInAs: (contact) => `É ${contact}.`,
  timeLeft: 'Tempo restante:',
  refused: {
    title: 'Não podemos oferecer-lhe esta compra',
    amount_out_of_limits:
      'O valor está fora do que esta loja permite pagar assim. Escolha outro meio de pagamento na loja.',
    shopper_blocked: 'A sua conta não pode ser usada para novas compras. Escolha outro meio de pagamento na loja.',
    instalments_overdue: 'Tem um pagamento em atraso. Pague-o na sua conta e poderá comprar de novo.',
    exposure_too_high:
      'Com esta encomenda deveria mais do que podemos adiantar agora. Pague uma parte na sua conta ou escolha outro meio de pagamento na loja.',
    too_many_orders: 'Confirmou várias encomendas hoje. Tente amanhã ou escolha outro meio de pagamento na loja.',
    card_expires_too_early: 'Este cartão expira antes do seu último pagamento. Use um cartão válido por mais tempo.',
  },
  bank: {
    title: 'O seu banco quer confirmar que é mesmo você',
    text: 'Continue no seu banco. Voltará aqui automaticamente.',
    button: 'Continuar no banco',
  },
  somebodyElses: {
    title: 'Esta encomenda é de outra pessoa',
    text: 'Foi confirmada noutra conta. Se foi você, entre com esse número ou e-mail.',
  },
  noAcquirer: {
    title: 'Esta loja não aceita pagamentos aqui de momento',
    text: 'Escolha outro meio de pagamento na loja.',
  },
  change: 'Alterar',
}
