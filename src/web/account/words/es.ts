import type { AccountWords } from './account-words.ts'

export const es: AccountWords = {
  title: 'Tu cuenta',
  plans: {
    title: 'Tus compras',
    none: 'Aún no tienes compras.',
    owed: 'Pendiente de pago',
    instalment: (number, count) => `Pago ${number} de ${count}`,
  },
  statuses: { scheduled: 'Previsto', paid: 'Pagado', overdue: 'Vencido', cancelled: 'Cancelado' },
  payNow: 'Pagar ahora',
  payAll: 'Pagar todo',
  results: {
    paid: 'Pagado. Gracias.',
    declined: 'Tu tarjeta ha sido rechazada. Usa otra.',
    unknown: 'Tu banco aún no ha respondido. Nada se cobra dos veces.',
    nothing_done: 'No había nada que pagar.',
  },
  cards: {
    title: 'Tus tarjetas',
    none: 'No tienes tarjetas guardadas.',
    isDefault: 'Predeterminada',
    makeDefault: 'Usar por defecto',
    remove: 'Eliminar',
    inUse: 'La tarjeta de una compra abierta se puede eliminar cuando esté pagada.',
  },
  sessions: { title: 'Dónde has iniciado sesión', here: 'Este dispositivo', end: 'Cerrar' },
  data: { title: 'Tus datos', download: 'Descargar' },
}
