import type { RequestWords } from './request-words.ts'

export const es: RequestWords = {
  payTitle: (name) => `Pagar a ${name}`,
  donateTitle: (name) => `Donación a ${name}`,
  intro: 'El dinero va de tu monedero directamente al de quien lo recibe. Ves el importe exacto antes de enviar nada.',
  amount: 'Importe',
  amountHint: 'Por ejemplo 25,00',
  currency: 'Moneda',
  forWhat: '¿Para qué es?',
  forWhatHint: 'Lo ve quien recibe. Puedes dejarlo vacío.',
  choose: '¿Cómo quieres pagar?',
  choice: (symbol, chain) => `${symbol} en ${chain}`,
  pay: 'Continuar con el pago',
  donate: 'Continuar con la donación',
  nothing: 'Ahora mismo aquí no se aceptan pagos desde monederos.',
  problems: {
    amount: 'Escribe un importe, por ejemplo 25,00.',
    choice: 'Elige una de estas opciones.',
    price: 'Ahora mismo no hay un precio fiable. Elige otra opción o inténtalo de nuevo en un minuto.',
    tooMany: 'Demasiadas solicitudes en poco tiempo. Inténtalo de nuevo dentro de una hora.',
  },
  ask: {
    title: 'Pedir un pago',
    intro: 'Recibes un enlace para enviarlo a alguien. El dinero va de su monedero directamente al tuyo.',
    forWhatHint: 'Lo ve quien paga. Puedes dejarlo vacío.',
    choose: '¿Con qué se puede pagar?',
    wallets: 'Directamente a tu monedero',
    signing:
      'Tu monedero firma lo que pides, para que el enlace lleve a una dirección tuya. Firmar no cuesta nada y no mueve dinero.',
    needsWallet:
      'Hace falta un monedero en el navegador, como MetaMask. En un teléfono, abre esta página en la aplicación de tu monedero.',
    open: (app) => `Abrir en ${app}`,
    demo: 'Usar el monedero de demostración',
    script: {
      create: 'Crear el enlace con {wallet}',
      unnamed: 'este monedero',
      confirm: 'Tu monedero te pide que firmes.',
      rejected: 'No has firmado, así que todavía no hay enlace.',
      failed: 'Tu monedero no ha podido firmar: {message}',
      busy: 'No se puede acceder al servidor. Inténtalo de nuevo.',
    },
    readyTitle: 'Tu enlace está listo',
    ready: 'Envíalo a quien tiene que pagar. Aquí y en su página verás cuándo está pagado. Vale 30 días.',
    paidTitle: 'Ya está pagado',
    code: 'Código que abre el pago en un teléfono',
    copy: 'Copiar texto y enlace',
    copied: 'Copiado',
    mail: 'Correo',
    share: (amount, forWhat) =>
      forWhat === '' ? `¿Podrías pagarme ${amount}?` : `¿Podrías pagarme ${amount} por «${forWhat}»?`,
    another: 'Pedir otro pago',
    problems: {
      unsigned: 'La firma no coincide o es demasiado antigua. Firma de nuevo.',
      isShop: 'En esta dirección cobra aquí una tienda. Usa otra dirección o las páginas de la tienda.',
      full: 'Este servidor no admite más direcciones por ahora.',
    },
  },
}
