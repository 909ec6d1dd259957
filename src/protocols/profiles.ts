import type { ProtocolProfile } from '../app/protocol-profile.ts'
import type { Protocol } from '../domain/payment/payment.ts'
import { kupayProfile } from './kupay/profile.ts'
import { salescloudProfile } from './salescloud/profile.ts'
import { scalapayProfile } from './scalapay/profile.ts'

const all: readonly ProtocolProfile[] = [scalapayProfile, kupayProfile, salescloudProfile]

/** Every merchant API by the name that its payments and keys carry. */
export const profiles: ReadonlyMap<Protocol, ProtocolProfile> = new Map(all.map((profile) => [profile.name, profile]))
