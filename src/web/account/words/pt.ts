import type { AccountWords } from './account-words.ts'

export const pt: AccountWords = {
  title: 'A sua conta',
  plans: {
    title: 'As suas compras',
    none: 'Ainda não tem compras.',
    owed: 'Por pagar',
    instalment: (number, count) => `Pagamento ${number} de ${count}`,
  },
  statuses: { scheduled: 'Previsto', paid: 'Pago', overdue: 'Em atraso', cancelled: 'Cancelado' },
  payNow: 'Pagar agora',
  payAll: 'Pagar tudo',
  results: {
    paid: 'Pago. Obrigado.',
    declined: 'O seu cartão foi recusado. Use outro.',
    unknown: 'O seu banco ainda não respondeu. Nada é cobrado duas vezes.',
    nothing_done: 'Não havia nada a pagar.',
  },
  cards: {
    title: 'Os seus cartões',
    none: 'Não tem cartões guardados.',
    isDefault: 'Predefinido',
    makeDefault: 'Usar por defeito',
    remove: 'Remover',
    inUse: 'O cartão de uma compra em aberto pode ser removido quando estiver paga.',
  },
  sessions: { title: 'Onde tem sessão iniciada', here: 'Este dispositivo', end: 'Terminar' },
  data: { title: 'Os seus dados', download: 'Transferir' },
}
