import type { CommonWords } from './common-words.ts'

export const es: CommonWords = {
  skip: 'Ir al contenido',
  language: 'Idioma',
  sandbox: 'Pruebas',
  sandboxFooter: 'Esto es una prueba: no se mueve dinero real.',
  errorPrefix: 'Error',
  tryAgain: 'Intentar de nuevo',
  errorReference: 'Referencia',
  notices: {
    notFound: {
      title: 'No encontramos esta página',
      text: 'Puede que el enlace esté incompleto. Ábrelo de nuevo desde donde lo encontraste.',
    },
    wrongMethod: { title: 'Aquí no se puede hacer eso', text: 'Vuelve atrás y abre la página de nuevo.' },
    badRequest: {
      title: 'No hemos podido leer los datos enviados',
      text: 'No se ha cobrado nada. Vuelve atrás y rellena el formulario de nuevo.',
    },
    tooManyTries: {
      title: 'Demasiados intentos',
      text: 'Se han rechazado demasiadas tarjetas. Espera una hora o elige otra forma de pago en la tienda.',
    },
    unavailable: {
      title: 'Inténtalo de nuevo en un momento',
      text: 'Ahora mismo no podemos responder. Si acabas de pagar, abre la página de nuevo para ver el resultado.',
    },
    failed: {
      title: 'Algo ha fallado por nuestra parte',
      text: 'Abre la página de nuevo antes de pagar: muestra si tu pago se ha realizado.',
    },
  },
}
