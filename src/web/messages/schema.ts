/** What the API documentation says of the mailbox. Nothing is compiled from it but a serializer that lets everything through. */
export const messagesSchema = {
  tags: ['Sandbox'],
  operationId: 'listMessages',
  summary: 'Messages that would have left',
  description:
    'The e-mails and text messages of this merchant, newest first. The same address in a browser shows them as their readers would see them.',
  security: [{ merchantKey: [] }],
  response: {
    200: {
      type: 'object',
      additionalProperties: true,
      description: 'At most 50.',
      examples: [
        {
          messages: [
            {
              id: '0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11',
              kind: 'code',
              channel: 'sms',
              to: '+393330000001',
              language: 'en',
              state: 'sent',
              attempts: 1,
              error: null,
              createdAt: '2030-11-08T12:26:17.858Z',
              sentAt: '2030-11-08T12:26:18.002Z',
              text: '123456 is your code.',
              code: '123456',
            },
          ],
        },
      ],
    },
    401: { type: 'object', additionalProperties: true, description: 'No key, or not this one.' },
  },
}
