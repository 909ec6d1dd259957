/** Three lines: a tercet. */
export const icon = {
  path: '/favicon.svg',
  type: 'image/svg+xml',
  text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>rect{fill:#0b5c49}@media(prefers-color-scheme:dark){rect{fill:#6fd6b4}}</style><rect x="2" y="4" width="20" height="4" rx="2"/><rect x="2" y="10" width="14" height="4" rx="2"/><rect x="2" y="16" width="8" height="4" rx="2"/></svg>',
}
