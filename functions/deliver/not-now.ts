/**
 * A liaison cannot take a message just now. Retry: its feed rests for a while, and goes on from
 * there.
 */
export class NotNow extends Error {
  constructor(why: string, cause: unknown) {
    super(why, { cause });
    this.name = 'NotNow';
  }
}
