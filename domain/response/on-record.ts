import * as z from 'zod';
import { pageSchema } from '../model/alert.ts';
import { type Instant, instantSchema, toIso } from '../model/instant.ts';

/**
 * What the record holds of one thing that happened. Its type is read as it stands: what a later
 * version wrote is shown, and never left out.
 */
export const recordedSchema = z.looseObject({ type: z.string(), at: instantSchema });
export type Recorded = z.infer<typeof recordedSchema>;

/** Who is told, on whatever channel there is. */
export const recipientSeenSchema = z.looseObject({
  channel: z.string(),
  personId: z.string().optional(),
  liaisonId: z.string().optional(),
});

/** Channel and id of a recipient; never a number or an address. */
export const recipientName = ({
  channel,
  personId,
  liaisonId,
}: z.infer<typeof recipientSeenSchema>): string => {
  const id = personId ?? liaisonId;
  return id === undefined ? channel : `${channel}.${id}`;
};

/** A page as far as a timeline tells of it: what else a later version says of it is let be. */
export const pageWrittenSchema = z.looseObject({
  ...pageSchema.pick({ pageId: true, alertId: true, wearerId: true }).shape,
  ...pageSchema.pick({ sequence: true, step: true, loop: true, createdAt: true }).shape,
  purpose: z.string(),
  recipient: recipientSeenSchema,
});

/** What became of a page, in the words of its row. */
export const outcomeSeenSchema = z.looseObject({
  status: z.string(),
  at: instantSchema,
  reason: z.string().optional(),
});

/** Why a page that is to be sent has not been yet. */
export const waitSeenSchema = z.looseObject({
  reason: z.string(),
  at: instantSchema.optional(),
  untilAt: instantSchema.optional(),
});

/** What came back of a page that was sent. */
export const receiptSeenSchema = z.looseObject({ state: z.string(), at: instantSchema });

/** A row of the outbox, as far as it tells of a page. */
export type PageSeen = Readonly<{
  page: z.infer<typeof pageWrittenSchema>;
  /** `pending`, or how it ended; whatever else stands there. */
  status: string;
  outcome: z.infer<typeof outcomeSeenSchema> | null;
  waits: z.infer<typeof waitSeenSchema> | null;
  receipts: readonly z.infer<typeof receiptSeenSchema>[];
  /** Until when somebody who sends it has it; null: nobody does. */
  claimedUntilAt: Instant | null;
  /** How often it was brought before the sender again. */
  tries: number;
}>;

export type Scalar = string | number | boolean | null;
export type Scalars = Readonly<Record<string, Scalar>>;

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const shown = (name: string, value: Scalar): Scalar => {
  const at = name.endsWith('At') ? instantSchema.safeParse(value) : null;
  return at?.success ? toIso(at.data) : value;
};

/** Every plain field of something, but for some; instants in ISO 8601. */
export const scalarsOf = (value: object, without: readonly string[] = []): Scalars =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      isScalar(field) && !without.includes(name) ? [[name, shown(name, field)]] : [],
    ),
  );

/** Whether a row still waits to be sent. */
export const isPending = ({ status }: PageSeen): boolean => status === 'pending';

/** Why a row has not gone out yet; whoever died with it has it no more. */
export const whyPending = ({ waits, claimedUntilAt }: PageSeen, now: Instant): string => {
  const isPutOff = waits !== null && (waits.untilAt === undefined || now < waits.untilAt);
  if (isPutOff) return waits.reason;
  return claimedUntilAt !== null && now < claimedUntilAt ? 'being-sent' : 'not-sent-yet';
};

/** Since when something has been so, in whole seconds. */
export const ageSeconds = (since: Instant, now: Instant): number =>
  Math.max(0, Math.floor((now - since) / 1000));

/** The first text among fields of an entry; undefined: none of them is one. */
export const textOf = (entry: Recorded, ...names: readonly string[]): string | undefined =>
  names.map((name) => entry[name]).find((value): value is string => typeof value === 'string');
