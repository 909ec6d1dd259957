import type { SignInWords } from './sign-in-words.ts'

export const pt: SignInWords = {
  contact: {
    title: 'O seu telemóvel ou e-mail',
    text: 'Enviamos-lhe um código. Não precisa de palavra-passe.',
    labels: { both: 'Número de telemóvel ou e-mail', email: 'Endereço de e-mail', sms: 'Número de telemóvel' },
    button: 'Continuar',
  },
  contactProblems: {
    missing: 'Introduza o seu número de telemóvel ou e-mail',
    format: 'Introduza um número com o indicativo do país, como +351 912 345 678, ou um e-mail',
    no_channel: 'Não podemos enviar um código para aí. Use o outro: e-mail ou telemóvel.',
    too_many: 'Foram pedidos demasiados códigos. Tente novamente dentro de uma hora.',
  },
  code: {
    title: 'Introduza o código',
    text: (contact) => `Enviámos um código de 6 algarismos para ${contact}.`,
    label: 'Código',
    button: 'Continuar',
  },
  codeProblems: {
    missing: 'Introduza os 6 algarismos do código',
    wrong: (left) => `Este código não está certo. Tentativas restantes: ${left}`,
    over: 'Este código já não é válido. Peça um novo.',
  },
  remember: 'Lembrar-se de mim neste dispositivo',
  resend: 'Enviar um novo código',
  tooSoon: (seconds) => `Há um código a caminho. Pode pedir outro dentro de ${seconds} segundos.`,
  other: 'Usar outro número ou e-mail',
  sandbox: { title: 'Testes', text: (code) => `O código é sempre ${code}.` },
  stale: {
    title: 'Tente novamente',
    text: 'A página esteve aberta demasiado tempo ou o seu navegador não guarda cookies. Não foi cobrado nada.',
  },
  signOut: 'Terminar sessão',
}
