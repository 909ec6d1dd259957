import type { Contact } from '../../domain/shopper/contact.ts'
import type { ShopperSecrets } from './secrets.ts'

/** The key that a contact's sign-ins are found by: not the contact itself, so that it tells nothing in a log. */
export function contactOwner({ secrets }: { readonly secrets: ShopperSecrets }, contact: Contact): `contact:${string}` {
  return `contact:${secrets.hash('contact', contact).toString('base64url')}`
}
