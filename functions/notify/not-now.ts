/**
 * Somebody outside cannot take a message just now. Retry: by the sweep, which brings its row again
 * each minute; the stream goes on, for it carries what others wait for.
 */
export class NotNow extends Error {
  constructor(why: string, cause: unknown) {
    super(why, { cause });
    this.name = 'NotNow';
  }
}
