import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type pg from 'pg'
import {
  advancePasskey,
  deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  type PasskeyRow,
} from '../../db/user/passkeys.ts'
import { setChallenge, takeChallenge } from '../../db/user/sessions.ts'
import type { SessionId, UserId } from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Origin, Sessions } from './sessions.ts'
import type { SignInRefusal, SignInStep } from './sign-in.ts'

export type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

type Owner = { readonly userId: UserId; readonly sessionId: SessionId; readonly email: string; readonly name: string }

export type Passkeys = {
  readonly list: (userId: UserId) => Promise<readonly PasskeyRow[]>
  /** What the browser is asked to make a key with. The challenge is kept with the session and taken once. */
  readonly startAdding: (owner: Owner) => Promise<PublicKeyCredentialCreationOptionsJSON>
  readonly finishAdding: (owner: Owner, name: string, answer: RegistrationResponseJSON) => Promise<boolean>
  readonly remove: (userId: UserId, credentialId: string) => Promise<boolean>
  /** For somebody who is not known yet: the key says who it is. */
  readonly startSignIn: () => Promise<PublicKeyCredentialRequestOptionsJSON>
  readonly signIn: (answer: AuthenticationResponseJSON, origin: Origin) => Promise<Result<SignInStep, SignInRefusal>>
}

export type PasskeyParts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sessions: Sessions
  /** what browsers reach this server by; passkeys belong to its host */
  readonly publicUrl: string
  /** makes and recognises challenges for people who have no session: signed, so that nothing is stored for a stranger */
  readonly challenges: Challenges
}

/** A challenge that proves by itself that it was made here, a short while ago, and is taken once. */
export type Challenges = { readonly make: () => string; readonly take: (challenge: string) => boolean }

const longestName = 60

/**
 * Passkeys: a key in the person's device, unlocked by finger, face or PIN, takes the place of password and code. The library is
 * loaded when the first is used: it costs 50 ms and 15 MB that most servers never need.
 */
export function createPasskeys({ pool, clock, sessions, publicUrl, challenges }: PasskeyParts): Passkeys {
  const library = () => import('@simplewebauthn/server')
  const { hostname: rpID, origin: expectedOrigin } = new URL(publicUrl)
  return {
    list: (userId) => outageAsUnavailable(listPasskeys(pool, userId)),
    startAdding: async ({ userId, sessionId, email, name }) => {
      const { generateRegistrationOptions } = await library()
      const known = await outageAsUnavailable(listPasskeys(pool, userId))
      const options = await generateRegistrationOptions({
        rpName: 'Tercet',
        rpID,
        userName: email,
        userDisplayName: name,
        userID: new TextEncoder().encode(userId),
        excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      await outageAsUnavailable(setChallenge(pool, sessionId, options.challenge))
      return options
    },
    finishAdding: async ({ userId, sessionId }, name, response) => {
      const expectedChallenge = await outageAsUnavailable(takeChallenge(pool, sessionId))
      if (expectedChallenge === undefined) return false
      const { verifyRegistrationResponse } = await library()
      const verified = await orUndefined(
        verifyRegistrationResponse({ response, expectedChallenge, expectedOrigin, expectedRPID: rpID }),
      )
      if (!verified?.verified) return false
      const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
      await outageAsUnavailable(
        insertPasskey(pool, {
          userId,
          credentialId: id,
          publicKey: Buffer.from(publicKey),
          counter: BigInt(counter),
          transports,
          name: name.trim().slice(0, longestName) || 'Passkey',
          createdAt: clock.now(),
        }),
      )
      return true
    },
    remove: (userId, credentialId) => outageAsUnavailable(deletePasskey(pool, userId, credentialId)),
    startSignIn: async () => {
      const { generateAuthenticationOptions } = await library()
      const challenge = new Uint8Array(Buffer.from(challenges.make(), 'base64url'))
      return await generateAuthenticationOptions({ rpID, userVerification: 'required', challenge })
    },
    signIn: async (response, origin) => {
      const key = await outageAsUnavailable(findPasskey(pool, String(response.id)))
      if (!key) return refuse({ kind: 'wrong' })
      const { verifyAuthenticationResponse } = await library()
      const verified = await orUndefined(
        verifyAuthenticationResponse({
          response,
          expectedChallenge: (challenge) => challenges.take(challenge),
          expectedOrigin,
          expectedRPID: rpID,
          credential: {
            id: key.credentialId,
            publicKey: new Uint8Array(key.publicKey),
            counter: Number(key.counter),
          },
        }),
      )
      if (!verified?.verified) return refuse({ kind: 'wrong' })
      const counter = BigInt(verified.authenticationInfo.newCounter)
      if (!(await outageAsUnavailable(advancePasskey(pool, key, counter, clock.now()))))
        return refuse({ kind: 'wrong' })
      const { token } = await sessions.begin(key.userId, origin, true)
      return ok({ token, needs: 'nothing' })
    },
  }
}

/** The library throws for every answer that is not right, and only for that: nothing in it reaches for a network or a disk. */
async function orUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  return await verifying.catch(() => undefined)
}
