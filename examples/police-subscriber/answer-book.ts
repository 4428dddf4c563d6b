import * as z from 'zod';

/** What was decided at a desk, as it is told to the agency: the same each time that it is sent. */
export const answerMessageSchema = z.looseObject({
  type: z.enum(['accept', 'reject']),
  /** Its own for each saying: who accepts, rejects and accepts again has said three things. */
  jti: z.string().min(1),
  incidentId: z.string().min(1),
  eventId: z.string().min(1),
  at: z.iso.datetime(),
});
export type AnswerMessage = z.infer<typeof answerMessageSchema>;

type Answered = Readonly<{ id: string; answer: string; jti?: string | undefined }>;

/** What was decided here, and what of it the agency knows. */
export class Answers {
  readonly #byEvent = new Map<string, string>();
  readonly #unsent = new Map<string, AnswerMessage>();
  #lastAt = 0;

  /** The last answer to an event; undefined: none was decided. */
  to(eventId: string): string | undefined {
    return this.#byEvent.get(eventId);
  }

  /** Decided, and the agency has not said yet that it knows; in the order of the decisions. */
  get unsent(): AnswerMessage[] {
    return [...this.#unsent.values()];
  }

  /** The instant of a decision that is made now: later than any before it, whatever the clock. */
  instantAfterAll(now: Date): Date {
    return new Date(Math.max(now.getTime(), this.#lastAt + 1));
  }

  decide(message: AnswerMessage): void {
    this.#byEvent.set(message.eventId, `${message.type}, not sent yet`);
    this.#unsent.set(message.jti, message);
    this.#lastAt = Math.max(this.#lastAt, Date.parse(message.at));
  }

  note({ id, answer, jti }: Answered): void {
    this.#byEvent.set(id, answer);
    if (jti !== undefined) this.#unsent.delete(jti);
  }
}
