import * as z from 'zod';
import type { Alert } from '../model/alert.ts';
import { isoOrNull, toIso } from '../model/instant.ts';
import { eventEntries } from '../response/event-entries.ts';
import { type PageSeen, type Recorded, recipientName } from '../response/on-record.ts';
import { moreSchema, saidAtSchema, saidIdSchema, saidTextSchema, saidWordSchema } from './said.ts';

const ofAlert = { alertId: saidIdSchema };

const closingLineSchema = z.strictObject({
  ...{ by: saidIdSchema.nullable(), at: saidAtSchema },
  ...{ disposition: saidWordSchema, reason: saidTextSchema },
  /** The decision with which it was closed, where it was by one. */
  decisionId: saidIdSchema.optional(),
});

const alertItselfSchema = z.strictObject({
  ...{ kind: z.literal('alert'), ...ofAlert, violationId: saidIdSchema.nullable() },
  ...{ orderId: saidIdSchema.nullable(), conditionId: saidIdSchema.nullable() },
  ...{ severity: saidWordSchema, status: z.enum(['open', 'acknowledged', 'closed']) },
  track: saidWordSchema.nullable(),
  openedAt: saidAtSchema,
  firstAcknowledgedAt: saidAtSchema.nullable(),
  /** Who has it in hand now; everybody who ever had is in its history. */
  acknowledgements: z.array(z.strictObject({ by: saidIdSchema, at: saidAtSchema })).max(100),
  closed: closingLineSchema.nullable(),
  responsibleOfficer: saidIdSchema.nullable(),
  policyId: saidIdSchema.nullable(),
  /** The first alert of the same episode, and the one before this. */
  ...{ episodeId: saidIdSchema.nullable(), follows: saidIdSchema.nullable() },
  more: moreSchema.optional(),
});

const notificationSchema = z.strictObject({
  ...{ kind: z.literal('notification'), ...ofAlert, notificationId: saidIdSchema },
  /** Channel and id of whoever it went to; no number and no address. */
  to: saidIdSchema,
  purpose: saidWordSchema,
  writtenAt: saidAtSchema,
  status: saidWordSchema,
  endedAt: saidAtSchema.nullable(),
  reason: saidTextSchema.nullable(),
  receipts: z.array(z.strictObject({ state: saidWordSchema, at: saidAtSchema })).max(100),
  more: moreSchema.optional(),
});

const historySchema = z.strictObject({
  ...{ kind: z.literal('history'), ...ofAlert, at: saidAtSchema, what: saidWordSchema },
  words: saidTextSchema,
  ...{ by: saidIdSchema.optional(), to: saidIdSchema.optional() },
  reason: saidTextSchema.optional(),
  details: moreSchema,
});

/** An alert; or a message that was sent of it; or something that happened to it. */
export const alertLineSchema = z.discriminatedUnion('kind', [
  alertItselfSchema,
  notificationSchema,
  historySchema,
]);
export type AlertLine = z.infer<typeof alertLineSchema>;

const alertItself = (alert: Alert): AlertLine => {
  const { closed, episode } = alert;
  return {
    ...{ kind: 'alert', alertId: alert.alertId, violationId: alert.violationId },
    ...{ orderId: alert.orderId, conditionId: alert.conditionId, severity: alert.severity },
    ...{ status: alert.status, track: alert.track, openedAt: toIso(alert.openedAt) },
    firstAcknowledgedAt: isoOrNull(alert.firstAcknowledgedAt ?? null),
    acknowledgements: alert.acknowledgements.map(({ by, at }) => ({ by, at: toIso(at) })),
    closed: closed && { ...closed, at: toIso(closed.at) },
    ...{ responsibleOfficer: alert.responsibleOfficer ?? null, policyId: alert.policyId },
    ...{ episodeId: episode.episodeId, follows: episode.follows },
  };
};

const notification = ({ page, status, outcome, receipts }: PageSeen): AlertLine => ({
  ...{ kind: 'notification', alertId: page.alertId, notificationId: page.pageId },
  ...{ to: recipientName(page.recipient), purpose: page.purpose },
  ...{ writtenAt: toIso(page.createdAt), status, endedAt: isoOrNull(outcome?.at ?? null) },
  reason: outcome?.reason ?? null,
  receipts: receipts.map(({ state, at }) => ({ state, at: toIso(at) })),
});

const historyOf = (alert: Alert, entry: Recorded): AlertLine[] =>
  eventEntries(entry).map(({ at, what, words, by, to, reason, details }) => ({
    ...{ kind: 'history', alertId: alert.alertId, at: toIso(at), what, words },
    ...(by === undefined ? {} : { by }),
    ...(to === undefined ? {} : { to }),
    ...(reason === undefined ? {} : { reason }),
    details: { ...details },
  }));

/** An alert, what was sent of it in its order, and all that happened to it, as lines. */
export const alertLines = (
  alert: Alert,
  { recorded, pages }: Readonly<{ recorded: readonly Recorded[]; pages: readonly PageSeen[] }>,
): AlertLine[] => [
  alertItself(alert),
  ...pages.toSorted((a, b) => a.page.sequence - b.page.sequence).map(notification),
  ...recorded.flatMap((entry) => historyOf(alert, entry)),
];
