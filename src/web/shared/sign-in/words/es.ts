import type { SignInWords } from './sign-in-words.ts'

export const es: SignInWords = {
  contact: {
    title: 'Tu móvil o tu correo',
    text: 'Te enviamos un código. No necesitas contraseña.',
    labels: { both: 'Número de móvil o correo electrónico', email: 'Correo electrónico', sms: 'Número de móvil' },
    button: 'Continuar',
  },
  contactProblems: {
    missing: 'Escribe tu número de móvil o tu correo electrónico',
    format: 'Escribe un número con el prefijo del país, como +34 612 345 678, o un correo electrónico',
    no_channel: 'No podemos enviar un código ahí. Usa el otro: correo o móvil.',
    too_many: 'Se han pedido demasiados códigos. Inténtalo de nuevo en una hora.',
  },
  code: {
    title: 'Escribe tu código',
    text: (contact) => `Hemos enviado un código de 6 cifras a ${contact}.`,
    label: 'Código',
    button: 'Continuar',
  },
  codeProblems: {
    missing: 'Escribe las 6 cifras del código',
    wrong: (left) => `Este código no es correcto. Intentos restantes: ${left}`,
    over: 'Este código ya no vale. Pide uno nuevo.',
  },
  remember: 'Recordarme en este dispositivo',
  resend: 'Enviar un código nuevo',
  tooSoon: (seconds) => `Un código está en camino. Puedes pedir otro en ${seconds} segundos.`,
  other: 'Usar otro número u otro correo',
  sandbox: { title: 'Pruebas', text: (code) => `El código es siempre ${code}.` },
  stale: {
    title: 'Inténtalo de nuevo',
    text: 'La página ha estado abierta demasiado tiempo o tu navegador no guarda cookies. No se ha cobrado nada.',
  },
  signOut: 'Cerrar sesión',
}
