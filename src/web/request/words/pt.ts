import type { RequestWords } from './request-words.ts'

export const pt: RequestWords = {
  payTitle: (name) => `Pagar a ${name}`,
  donateTitle: (name) => `Doação a ${name}`,
  intro:
    'O dinheiro vai da sua carteira diretamente para a de quem recebe. Vê o valor exato antes de enviar alguma coisa.',
  amount: 'Valor',
  amountHint: 'Por exemplo 25,00',
  currency: 'Moeda',
  forWhat: 'Para que é?',
  forWhatHint: 'Quem recebe vê-o. Pode deixá-lo vazio.',
  choose: 'Como quer pagar?',
  choice: (symbol, chain) => `${symbol} em ${chain}`,
  pay: 'Continuar para o pagamento',
  donate: 'Continuar para a doação',
  nothing: 'De momento não se aceitam aqui pagamentos de carteiras.',
  problems: {
    amount: 'Escreva um valor, por exemplo 25,00.',
    choice: 'Escolha uma destas opções.',
    price: 'De momento não há um preço fiável. Escolha outra opção ou tente de novo dentro de um minuto.',
    tooMany: 'Demasiados pedidos em pouco tempo. Tente de novo dentro de uma hora.',
  },
  ask: {
    title: 'Pedir um pagamento',
    intro: 'Recebe um link para enviar a alguém. O dinheiro vai da carteira dessa pessoa diretamente para a sua.',
    forWhatHint: 'Quem paga vê isto. Pode deixar vazio.',
    choose: 'Com que se pode pagar?',
    wallets: 'Diretamente na sua carteira',
    signing:
      'A sua carteira assina o que pede, para que o link leve a um endereço seu. Assinar não custa nada e não move dinheiro.',
    needsWallet:
      'É preciso uma carteira no navegador, como a MetaMask. No telemóvel, abra esta página na aplicação da sua carteira.',
    open: (app) => `Abrir em ${app}`,
    demo: 'Usar a carteira de demonstração',
    script: {
      create: 'Criar o link com {wallet}',
      unnamed: 'esta carteira',
      confirm: 'A sua carteira pede que assine.',
      rejected: 'Não assinou, por isso ainda não há link.',
      failed: 'A sua carteira não conseguiu assinar: {message}',
      busy: 'Não é possível contactar o servidor. Tente novamente.',
    },
    readyTitle: 'O seu link está pronto',
    ready: 'Envie-o a quem deve pagar. Aqui e na página dessa pessoa vê quando está pago. É válido por 30 dias.',
    paidTitle: 'Já está pago',
    code: 'Código que abre o pagamento num telemóvel',
    copy: 'Copiar texto e link',
    copied: 'Copiado',
    mail: 'E-mail',
    share: (amount, forWhat) =>
      forWhat === '' ? `Podes pagar-me ${amount}?` : `Podes pagar-me ${amount} por «${forWhat}»?`,
    another: 'Pedir outro pagamento',
    problems: {
      unsigned: 'A assinatura não corresponde ou é demasiado antiga. Assine novamente.',
      isShop: 'Neste endereço é paga aqui uma loja. Use outro endereço ou as páginas da loja.',
      full: 'De momento este servidor não aceita mais endereços.',
    },
  },
}
