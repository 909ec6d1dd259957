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
  lateFee: (amount) => `recargo por demora de ${amount}`,
  payNow: 'Pagar ahora',
  payAll: 'Pagar todo',
  payAllHint: (count) => `En tu extracto aparecerán ${count} pagos.`,
  results: {
    paid: 'Pagado. Gracias.',
    declined: 'Tu tarjeta ha sido rechazada. Usa otra.',
    unknown: 'Tu banco aún no ha respondido. Nada se cobra dos veces.',
    nothing_done: 'No había nada que pagar.',
    changed: 'El importe ha cambiado entretanto. Vuelve a comprobarlo.',
  },
  cards: {
    title: 'Tus tarjetas',
    none: 'No tienes tarjetas guardadas.',
    isDefault: 'Predeterminada',
    makeDefault: 'Usar por defecto',
    remove: 'Eliminar',
    inUse: 'La tarjeta de una compra abierta se puede eliminar cuando esté pagada.',
  },
  sessions: {
    title: 'Dónde has iniciado sesión',
    here: 'Este dispositivo',
    end: 'Cerrar',
    endAll: 'Cerrar sesión en todas partes',
  },
  data: {
    title: 'Tus datos',
    download: 'Descargar',
    language: 'Idioma de nuestros mensajes',
    save: 'Guardar',
    erase: 'Eliminar mi cuenta',
  },
  erasing: {
    title: '¿Eliminar tu cuenta?',
    text: 'Olvidamos para siempre tu nombre, tus datos de contacto, tus tarjetas y nuestros mensajes. Tus compras quedan en los libros de las tiendas, sin tu cuenta.',
    confirm: 'Eliminar para siempre',
    keep: 'Conservar mi cuenta',
    open: 'Todavía hay algo pendiente: cuando todo esté pagado podrás eliminar tu cuenta.',
    done: { title: 'Tu cuenta está eliminada', text: 'De ti solo conservamos los importes en los libros. Gracias.' },
  },
  receipt: { title: 'Recibo', print: 'Imprimir', payments: 'Pagos', paidBack: 'Devuelto', back: 'Volver a tu cuenta' },
}
