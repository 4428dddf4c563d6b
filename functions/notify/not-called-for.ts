/** A message that is not to be sent as things are now. Record: its row says why. */
export class NotCalledFor extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`not called for: ${reason}`);
    this.name = 'NotCalledFor';
    this.reason = reason;
  }
}
