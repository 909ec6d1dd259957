import type { PayWords } from './pay-words.ts'

const noPrice = 'De momento não há um preço fiável. Escolha outra opção ou tente novamente daqui a um minuto.'

export const pt: PayWords = {
  title: (shop) => `Pagar a ${shop}`,
  choose: 'Como quer pagar?',
  chooseHint: 'O dinheiro vai da sua carteira diretamente para a da loja. Escolha o que tem.',
  choice: (symbol, chain) => `${symbol} em ${chain}`,
  show: 'Continuar',
  other: 'Pagar com outra opção',
  cancel: 'Cancelar e voltar à loja',
  back: 'Voltar à loja',
  lookAgain: 'Procurar o meu pagamento',
  nothing: 'De momento a loja não aceita pagamentos de carteiras. Volte à loja e escolha outra forma de pagar.',
  starting:
    'As redes de teste ainda não estão a funcionar. Verifique novamente dentro de alguns segundos; se não puderem funcionar nesta máquina, o registo do servidor diz porquê.',
  waiting: 'À espera do seu pagamento.',
  priceEnded:
    'Esse preço já não é válido. Escolha novamente para obter um novo montante. Se já enviou o anterior, não faça nada: continuamos à procura dele.',
  part: (arrived, rest) => `Chegaram ${arrived}. Ainda faltam ${rest}. Envie o resto para o mesmo endereço.`,
  confirming: (count, needed) => `${count} de ${needed} confirmações`,
  mayLeave: 'Não precisa de esperar aqui: a loja é avisada quando estiver concluído.',
  holdsFor: 'Este preço é válido por mais',
  until: 'Este preço é válido até',
  send: {
    title: 'Envie exatamente este montante',
    rest: 'Envie exatamente o resto',
    amount: 'Montante',
    to: 'Para',
    network: 'Rede',
    token: 'Contrato do token',
    copy: (what) => `Copiar: ${what}`,
    warning: (chain, symbol) =>
      `Envie ${symbol} em ${chain} e nada mais. Noutra rede, ou com outro token, o dinheiro perder-se-ia.`,
    test: 'Esta rede é um teste que funciona dentro do ambiente de testes. Nunca envie dinheiro real para este endereço.',
    exact:
      'Os últimos algarismos distinguem o seu pagamento dos outros: não arredonde o montante. Uma plataforma de câmbio pode descontar a sua comissão do que chega.',
    qr: 'Código para a sua carteira: rede, endereço e montante',
    wallet: 'Abrir numa carteira neste dispositivo',
  },
  phone: {
    title: 'Pagar com o telemóvel',
    text: 'Leia este código com a câmara do telemóvel: a mesma página abre-se lá.',
    qr: 'Código que abre esta página num telemóvel',
    open: (app) => `Abrir em ${app}`,
  },
  wallets: {
    title: 'Pagar a partir da sua carteira',
    straight: 'A sua carteira mostra o montante mais uma vez antes de confirmar.',
  },
  demo: {
    title: 'Carteira de demonstração',
    text: 'Só no ambiente de testes: paga com dinheiro de teste, sem extensão e sem chave.',
    pay: (amount) => `Pagar ${amount} com a carteira de demonstração`,
  },
  stray: (amount) =>
    `${amount} chegaram à carteira da loja e não puderam ser contados para este pagamento: chegaram tarde, duas vezes ou com outro montante. Nada se perdeu. Contacte a loja, que os pode aceitar ou devolver.`,
  over: (amount) => `Enviou ${amount} a mais do que foi pedido. Estão na carteira da loja: peça à loja que os devolva.`,
  late: 'O seu pagamento chegou depois de o preço deixar de ser válido e foi aceite na mesma.',
  returning: 'Dentro de momentos volta à loja.',
  partKept: (amount) =>
    `${amount} chegaram e estão na carteira da loja. Peça à loja que os devolva ou que faça um pedido para o resto.`,
  notices: {
    confirming: {
      title: 'O seu pagamento chegou',
      text: 'A rede está a confirmá-lo, o que demora um momento. Não envie nada de novo.',
    },
    paid: { title: 'Pago', text: 'A loja recebeu o seu pagamento.' },
    expired: {
      title: 'Este pedido expirou',
      text: 'Não envie mais nada. Peça à loja um novo pedido. Se já enviou o dinheiro, aguarde: continuamos à procura dele.',
    },
    cancelled: {
      title: 'Este pedido foi cancelado',
      text: 'Não envie mais nada. Peça à loja um novo pedido.',
    },
    unknown: { title: 'Este pagamento não existe', text: 'Verifique o endereço ou peça à loja uma nova ligação.' },
  },
  refused: {
    not_offered: 'A loja não aceita isto. Escolha outra opção.',
    not_open: 'Este pagamento já não está aberto.',
    no_free_amount: 'Há demasiadas pessoas a pagar neste momento. Tente daqui a um minuto ou escolha outro token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'A carteira de demonstração não o conseguiu enviar. Tente novamente dentro de momentos.',
  },
  script: {
    pay: 'Pagar {amount} com {wallet}',
    unnamedWallet: 'a carteira do navegador',
    noWallet:
      'Não foi encontrada nenhuma carteira neste navegador. Pague com o telemóvel ou envie o montante de qualquer carteira.',
    connecting: 'Autorize a ligação na sua carteira.',
    switching: 'Autorize a sua carteira a mudar para {network}.',
    confirm: 'Verifique o montante e confirme na sua carteira.',
    sent: 'Enviado. À espera da rede.',
    mined: 'A rede já o tem. Aparece aqui dentro de momentos.',
    replaced:
      'A sua carteira substituiu ou cancelou a transação. Se a acelerou, aparece aqui dentro de momentos. Se a cancelou, nada foi pago e pode pagar novamente.',
    reverted: 'A rede recusou a transação e nada foi pago. Verifique o seu saldo e tente novamente.',
    copied: 'Copiado',
    changed: 'O montante em falta mudou. Veja o novo montante e prima novamente.',
    busy: 'A página não conseguiu contactar o servidor. Verifique a sua ligação e prima novamente.',
    rejected: 'Recusou na sua carteira. Nada foi enviado.',
    pending: 'A sua carteira já tem uma pergunta aberta. Abra-a e responda lá.',
    locked: 'A sua carteira não o permitiu. Desbloqueie-a, ligue uma conta e prima novamente.',
    offline: 'A sua carteira não tem ligação a {network}. Verifique isso na carteira e prima novamente.',
    wrongNetwork: 'A sua carteira está noutra rede. Mude para {network} e prima novamente. Nada foi enviado.',
    addByHand: 'A sua carteira não conhece {network}. Adicione a rede nas definições da carteira e prima novamente.',
    realNetwork:
      'A sua carteira está na rede {network} real e isto é um teste: nada foi enviado. Defina {rpc} como endereço RPC desta rede na sua carteira.',
    insufficient:
      'Esta conta não tem o suficiente em {network}. Escolha outra conta na carteira ou pague com outra opção.',
    noFee: 'Esta conta não tem {coin} para a taxa da rede. Adicione um pouco ou escolha outra conta.',
    failed: 'A sua carteira não o conseguiu fazer. Diz: {message}',
  },
}
