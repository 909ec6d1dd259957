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
  lateFee: (amount) => `taxa de atraso de ${amount}`,
  payNow: 'Pagar agora',
  payAll: 'Pagar tudo',
  payAllHint: (count) => `O seu extrato mostrará ${count} pagamentos.`,
  results: {
    paid: 'Pago. Obrigado.',
    declined: 'O seu cartão foi recusado. Use outro.',
    unknown: 'O seu banco ainda não respondeu. Nada é cobrado duas vezes.',
    nothing_done: 'Não havia nada a pagar.',
    changed: 'Entretanto o valor mudou. Verifique novamente.',
  },
  cards: {
    title: 'Os seus cartões',
    none: 'Não tem cartões guardados.',
    isDefault: 'Predefinido',
    makeDefault: 'Usar por defeito',
    remove: 'Remover',
    inUse: 'O cartão de uma compra em aberto pode ser removido quando estiver paga.',
  },
  sessions: {
    title: 'Onde tem sessão iniciada',
    here: 'Este dispositivo',
    end: 'Terminar',
    endAll: 'Terminar sessão em todo o lado',
  },
  data: {
    title: 'Os seus dados',
    download: 'Transferir',
    language: 'Idioma das nossas mensagens',
    save: 'Guardar',
    erase: 'Eliminar a minha conta',
  },
  erasing: {
    title: 'Eliminar a sua conta?',
    text: 'Esquecemos para sempre o seu nome, os seus contactos, os seus cartões e as nossas mensagens. As suas compras ficam nos livros das lojas, sem a sua conta.',
    confirm: 'Eliminar para sempre',
    keep: 'Manter a minha conta',
    open: 'Ainda há algo em aberto: quando tudo estiver pago, poderá eliminar a sua conta.',
    done: { title: 'A sua conta foi eliminada', text: 'De si guardamos apenas os valores nos livros. Obrigado.' },
  },
  receipt: {
    title: 'Recibo',
    print: 'Imprimir',
    payments: 'Pagamentos',
    paidBack: 'Reembolsado',
    back: 'Voltar à sua conta',
  },
}
