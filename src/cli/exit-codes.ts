/** What a script can rely on. Listed in `tercet --help`. */
export const exitCodes = {
  ok: 0,
  /** a wrong argument, a missing thing, a setting: the operator can mend it */
  mistake: 1,
  /** it ran, and what it looked at is not as it should be */
  checkFailed: 2,
  /** the database or the server is away: the same again may work later */
  unavailable: 3,
  /** ended by Ctrl-C or SIGTERM, as shells count it */
  interrupted: 130,
} as const
