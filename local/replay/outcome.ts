import type { Page } from '#domain/model/alert.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';

/** Instants here are texts in ISO 8601 with an offset, good to the minute. */
export type ExpectedPage = Readonly<{
  /** A person's id, or a police force's. */
  to: string;
  channel: 'sms' | 'email' | 'police';
  /** The policy's step, from 0; the number of its steps is the last resort. */
  step: number;
  purpose: Page['purpose'];
  /** When SNS accepted it. */
  at: string;
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

/** All alerts of a replay: nothing else may come out. */
export type ExpectedOutcome = Readonly<{ alerts: readonly ExpectedAlert[] }>;
