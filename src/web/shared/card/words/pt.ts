import type { CardWords } from './card-words.ts'

const another = 'Não foi cobrado nada. Use outro cartão.'

export const pt: CardWords = {
  labels: { number: 'Número do cartão', expiry: 'Data de validade', code: 'Código de segurança' },
  hints: { expiry: 'Mês/ano: MM/AA', code: '3 ou 4 algarismos' },
  testCards: {
    title: 'Cartões de teste',
    approved: 'Aceite',
    declined: 'Recusado',
    rest: 'Serve qualquer data futura e qualquer código de segurança.',
  },
  problemsTitle: 'Verifique os dados do cartão',
  problems: {
    number_missing: 'Introduza o número do cartão',
    number_format: 'Verifique o número do cartão: falta um algarismo ou há um erro',
    expiry_missing: 'Introduza a data de validade',
    expiry_format: 'Introduza a validade como mês e ano, por exemplo 04/29',
    expiry_past: 'Este cartão expirou: introduza uma data futura',
    code_missing: 'Introduza o código de segurança',
    code_format: 'O código de segurança tem 3 ou 4 algarismos',
  },
  declinedTitle: 'O seu cartão não foi aceite',
  declined: {
    card_declined: `O seu banco recusou o pagamento. ${another}`,
    insufficient_funds: `Não há saldo suficiente neste cartão. ${another}`,
    expired_card: `Este cartão expirou. ${another}`,
    invalid_card_number:
      'Não existe nenhum cartão com este número. Não foi cobrado nada. Verifique-o ou use outro cartão.',
    invalid_expiry: 'A validade não corresponde ao cartão. Não foi cobrado nada. Verifique-a.',
    incorrect_security_code: 'O código de segurança não corresponde ao cartão. Não foi cobrado nada. Verifique-o.',
    lost_or_stolen_card: `O seu banco recusou o pagamento. ${another}`,
    suspected_fraud: `O seu banco recusou o pagamento. ${another}`,
    not_permitted: `Este cartão não pode ser usado para este pagamento. ${another}`,
    limit_exceeded: `O pagamento ultrapassa o limite deste cartão. ${another}`,
    authentication_required: `O seu banco não conseguiu confirmar a sua identidade. ${another}`,
    issuer_unavailable: 'O seu banco não respondeu. Não foi cobrado nada. Tente novamente ou use outro cartão.',
    duplicate: 'O pagamento não foi efetuado. Não foi cobrado nada. Tente novamente.',
    processing_error: 'O pagamento não foi efetuado. Não foi cobrado nada. Tente novamente ou use outro cartão.',
    outcome_unknown: 'O pagamento não foi efetuado. Tente novamente ou use outro cartão.',
  },
}
