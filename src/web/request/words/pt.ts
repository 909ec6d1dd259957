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
}
