import type { Role } from '@/api/session'

/** The roles, the one that may least first. */
export const roles: readonly Role[] = ['viewer', 'editor', 'admin']

/** Fewest characters of a password. */
export const minPassword = 10

/** madeUpPassword is one of 96 random bits in letters that are not mistaken for others. */
export function madeUpPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('').replace(/.{5}(?=.)/g, '$&-')
}
