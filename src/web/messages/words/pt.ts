import type { MessageWords } from './message-words.ts'

export const pt: MessageWords = {
  code: {
    subject: (code) => `O seu código: ${code}`,
    text: (code, minutes) => `O seu código é ${code}. É válido durante ${minutes} minutos.`,
    warning: 'Nem a loja nem nós lho pediremos alguma vez.',
  },
  pay_link: {
    subject: (shop) => `O seu pagamento a ${shop}`,
    text: (shop, amount) => `${shop} pede-lhe que pague ${amount}.`,
    button: 'Abrir a página de pagamento',
  },
  invitation: {
    subject: (shop) => `Convite para ${shop}`,
    text: (by, shop, days) =>
      `${by} convida-o para o portal de vendedores de ${shop}. A ligação serve uma vez, durante ${days} dias.`,
    warning: 'Se não conhece o remetente, ignore esta mensagem: nada acontece.',
    button: 'Aceitar o convite',
  },
  order_confirmed: {
    subject: (shop) => `A sua encomenda em ${shop} está confirmada`,
    text: (shop, total) => `Obrigado: comprou por ${total} em ${shop}. Eis quando e quanto paga:`,
    plan: 'Os seus pagamentos',
  },
  charged_soon: {
    subject: (shop) => `O seu próximo pagamento a ${shop}`,
    text: (amount, shop, date) => `Em ${date} cobraremos ${amount} do seu cartão pela sua encomenda em ${shop}.`,
  },
  charged: {
    subject: (amount) => `Pagou ${amount}`,
    text: (amount, shop) => `Cobrámos ${amount} pela sua encomenda em ${shop}. Obrigado.`,
    lateFee: (fee) => `Dos quais ${fee} são a taxa de atraso.`,
  },
  charge_failed: {
    subject: 'Não foi possível cobrar o seu pagamento',
    text: (amount, shop) => `Não conseguimos cobrar ${amount} pela sua encomenda em ${shop}.`,
    next: (date) => `Tentaremos novamente em ${date}.`,
    lateFee: (fee, date) => `Se não for pago antes de ${date}, acresce uma taxa de atraso de ${fee}.`,
    help: 'Pode pagar agora ou escolher outro cartão na sua conta.',
  },
  refunded: {
    subject: (shop) => `Reembolso de ${shop}`,
    text: (amount, shop) => `${shop} reembolsa-lhe ${amount}.`,
    toCard: (amount) => `${amount} voltam para o seu cartão. O seu banco mostra-o em 5 a 10 dias úteis.`,
    offPlan: (amount) => `${amount} foram descontados dos pagamentos seguintes.`,
  },
  cancelled: {
    subject: (shop) => `A sua encomenda em ${shop} foi cancelada`,
    text: (total, shop) =>
      `A sua encomenda de ${total} em ${shop} foi cancelada. Não será cobrado mais nada do seu cartão.`,
  },
  late_fee: {
    subject: 'Foi acrescentada uma taxa de atraso',
    text: (fee, shop, payable) =>
      `Foram acrescentados ${fee} porque um pagamento da sua encomenda em ${shop} está em atraso. Há agora ${payable} a pagar por ele.`,
    help: 'Pague agora na sua conta.',
  },
  late_fee_waived: {
    subject: 'A sua taxa de atraso foi anulada',
    text: (fee, shop) =>
      `Anulamos a taxa de atraso de ${fee} da sua encomenda em ${shop}. O que já pagou dela volta para o seu cartão.`,
  },
  overdue: {
    subject: 'Um pagamento está em atraso',
    text: (amount, shop) =>
      `${amount} pela sua encomenda em ${shop} estão em atraso. Pague na sua conta; até lá não pode fazer novas compras.`,
  },
  card: (brand, last4) => `Cartão ${brand} terminado em ${last4}`,
  account: 'Abrir a sua conta',
  footer: 'Recebe esta mensagem porque este contacto foi usado numa compra ou numa conta.',
}
