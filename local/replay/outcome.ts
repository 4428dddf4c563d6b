import type { Page } from '#domain/model/alert.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import type { PersonChannel } from '#domain/model/recipient.ts';

/** Instants here are texts in ISO 8601 with an offset, good to the minute. */
export type ExpectedPage = Readonly<{
  /** A person's id, or a police force's. */
  to: string;
  channel: PersonChannel | 'liaison';
  /** The policy's step, from 0; the number of its steps is the last resort. */
  step: number;
  purpose: Page['purpose'];
  /** When it was accepted; null: it never was, and another channel took its place. */
  at: string | null;
}>;

export type ExpectedAlert = Readonly<{
  wearerId: string;
  conditionId: string;
  reason: ViolationReason;
  /** From when the data speak of it. */
  since: string;
  /** When we opened the alert. */
  openedAt: string;
  status: 'open' | 'acknowledged' | 'closed';
  pages: readonly ExpectedPage[];
}>;

/** A text message to a wearer, while there is still time. */
export type ExpectedNudge = Readonly<{
  /** The wearer's mobile number. */
  to: string;
  /** What stands in it. */
  says: string;
  /** When SNS accepted it. */
  at: string;
}>;

/** All alerts and nudges of a replay: nothing else may come out. */
export type ExpectedOutcome = Readonly<{
  alerts: readonly ExpectedAlert[];
  nudges: readonly ExpectedNudge[];
}>;
