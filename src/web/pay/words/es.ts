import type { PayWords } from './pay-words.ts'

const noPrice = 'En este momento no hay un precio fiable. Elige otra cosa o inténtalo de nuevo en un minuto.'

export const es: PayWords = {
  title: (shop) => `Pagar a ${shop}`,
  choose: '¿Cómo quieres pagar?',
  chooseHint: 'El dinero va de tu monedero directamente al de la tienda. Elige lo que tengas.',
  choice: (symbol, chain) => `${symbol} en ${chain}`,
  show: 'Continuar',
  other: 'Pagar con otra cosa',
  cancel: 'Cancelar y volver a la tienda',
  back: 'Volver a la tienda',
  lookAgain: 'Buscar mi pago',
  nothing: 'La tienda no acepta pagos desde monederos en este momento. Vuelve a la tienda y elige otra forma de pagar.',
  starting:
    'Las redes de prueba aún no funcionan. Compruébalo de nuevo en unos segundos; si no pueden funcionar en esta máquina, el registro del servidor dice por qué.',
  waiting: 'Esperando tu pago.',
  priceEnded:
    'Ese precio ya no vale. Elige de nuevo para obtener otro importe. Si ya enviaste el anterior, no hagas nada: se sigue buscando.',
  part: (arrived, rest) => `Han llegado ${arrived}. Faltan ${rest}. Envía el resto a la misma dirección.`,
  confirming: (count, needed) => `${count} de ${needed} confirmaciones`,
  mayLeave: 'No hace falta que esperes aquí: se avisa a la tienda cuando termine.',
  holdsFor: 'Este precio vale todavía',
  until: 'Este precio vale hasta',
  send: {
    title: 'Envía exactamente este importe',
    rest: 'Envía exactamente el resto',
    amount: 'Importe',
    to: 'A',
    network: 'Red',
    token: 'Contrato del token',
    copy: (what) => `Copiar: ${what}`,
    warning: (chain, symbol) =>
      `Envía ${symbol} en ${chain} y nada más. En otra red, o con otro token, el dinero se perdería.`,
    test: 'Esta red es una prueba que funciona dentro del entorno de pruebas. Nunca envíes dinero real a esta dirección.',
    exact:
      'Las últimas cifras distinguen tu pago de los demás: no redondees el importe. Una plataforma de intercambio puede descontar su comisión de lo que llega.',
    qr: 'Código para tu monedero: red, dirección e importe',
    wallet: 'Abrir en un monedero de este dispositivo',
  },
  phone: {
    title: 'Pagar con el teléfono',
    text: 'Escanea este código con la cámara del teléfono: allí se abre la misma página.',
    qr: 'Código que abre esta página en un teléfono',
    open: (app) => `Abrir en ${app}`,
  },
  wallets: {
    title: 'Pagar desde tu monedero',
    straight: 'Tu monedero muestra el importe una vez más antes de que confirmes.',
  },
  demo: {
    title: 'Monedero de demostración',
    text: 'Solo en pruebas: paga con dinero de prueba, sin extensión y sin clave.',
    pay: (amount) => `Pagar ${amount} desde el monedero de demostración`,
  },
  stray: (amount) =>
    `${amount} llegaron al monedero de la tienda y no se pudieron contar para este pago: llegaron tarde, dos veces o con otro importe. No se ha perdido nada. Avisa a la tienda, que puede aceptarlos o devolverlos.`,
  over: (amount) =>
    `Has enviado ${amount} más de lo pedido. Están en el monedero de la tienda: pídele que los devuelva.`,
  late: 'Tu pago llegó cuando el precio ya no valía, y se aceptó de todos modos.',
  returning: 'En un momento vuelves a la tienda.',
  partKept: (amount) =>
    `${amount} han llegado y están en el monedero de la tienda. Pídele que los devuelva o que haga una solicitud por el resto.`,
  notices: {
    confirming: {
      title: 'Tu pago ha llegado',
      text: 'La red lo está confirmando; tarda un momento. No vuelvas a enviar nada.',
    },
    paid: { title: 'Pagado', text: 'La tienda ha recibido tu pago.' },
    expired: {
      title: 'Esta solicitud ha caducado',
      text: 'No envíes nada más. Pide a la tienda una nueva solicitud. Si ya enviaste el dinero, espera: se sigue buscando.',
    },
    cancelled: {
      title: 'Esta solicitud se ha cancelado',
      text: 'No envíes nada más. Pide a la tienda una nueva solicitud.',
    },
    unknown: { title: 'Este pago no existe', text: 'Revisa la dirección o pide a la tienda un nuevo enlace.' },
  },
  refused: {
    not_offered: 'La tienda no acepta esto. Elige otra cosa.',
    not_open: 'Este pago ya no está abierto.',
    no_free_amount:
      'Hay demasiadas personas pagando en este momento. Inténtalo de nuevo en un minuto o elige otro token.',
    no_price: noPrice,
    price_in_doubt: noPrice,
    not_sent: 'El monedero de demostración no pudo enviarlo. Inténtalo de nuevo en un momento.',
  },
  script: {
    pay: 'Pagar {amount} con {wallet}',
    unnamedWallet: 'el monedero del navegador',
    noWallet:
      'No se encontró ningún monedero en este navegador. Paga con el teléfono o envía el importe desde cualquier monedero.',
    connecting: 'Permite la conexión en tu monedero.',
    switching: 'Permite que tu monedero cambie a {network}.',
    confirm: 'Comprueba el importe y confirma en tu monedero.',
    sent: 'Enviado. Esperando a la red.',
    mined: 'La red lo tiene. Aparece aquí en un momento.',
    replaced:
      'Tu monedero ha sustituido o cancelado la transacción. Si la aceleraste, aparece aquí en un momento. Si la cancelaste, no se ha pagado nada y puedes pagar de nuevo.',
    reverted: 'La red rechazó la transacción y no se ha pagado nada. Revisa tu saldo e inténtalo de nuevo.',
    copied: 'Copiado',
    changed: 'El importe pendiente ha cambiado. Mira el nuevo y pulsa otra vez.',
    busy: 'La página no pudo consultar al servidor. Revisa tu conexión y pulsa otra vez.',
    rejected: 'Lo rechazaste en tu monedero. No se envió nada.',
    pending: 'Tu monedero ya tiene una pregunta abierta. Ábrelo y respóndela allí.',
    locked: 'Tu monedero no lo permitió. Desbloquéalo, conecta una cuenta y pulsa otra vez.',
    offline: 'Tu monedero no tiene conexión con {network}. Revísalo en el monedero y pulsa otra vez.',
    wrongNetwork: 'Tu monedero está en otra red. Cambia a {network} y pulsa otra vez. No se envió nada.',
    addByHand: 'Tu monedero no conoce {network}. Añádela en los ajustes del monedero y pulsa otra vez.',
    realNetwork:
      'Tu monedero está en la red {network} real y esto es una prueba: no se envió nada. Pon {rpc} como dirección RPC de esta red en tu monedero.',
    insufficient:
      'Esta cuenta no tiene suficiente en {network}. Elige otra cuenta en tu monedero o paga con otra cosa.',
    noFee: 'Esta cuenta no tiene {coin} para la comisión de la red. Añade un poco o elige otra cuenta.',
    failed: 'Tu monedero no pudo hacerlo. Dice: {message}',
  },
}
