import type { Outcome } from '#functions/adapters/dynamodb/outbox.ts';
import { type NotifyDeps, run } from '#functions/notify/run.ts';
import { throttleLimits } from '#lib/thresholds.ts';
import { later } from './alerts.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';

/** Nothing is ever put off. */
const NO_WAITING = { putOff: async () => undefined, takePutOff: async () => null };

/** Notify over nothing but what a test gives it, with all that comes of it. */
export const notifyOf = (parts: Partial<NotifyDeps> = {}) => {
  const outcomes: Outcome[] = [];
  const sent: string[] = [];
  const queued: unknown[] = [];
  const noted: unknown[] = [];
  const told = recordedTelemetry();
  const handle = run({
    now: () => later(3),
    outbox: {
      claim: async () => 'claimed',
      end: async (_, outcome) => {
        outcomes.push(outcome);
        return 'ended';
      },
    },
    loadAlert: async () => null,
    loadPerson: async () => null,
    putOffs: NO_WAITING,
    throttles: {
      load: async () => ({ version: 0, sentAt: [], waiting: [] }),
      save: async () => 'saved',
    },
    throttleLimits,
    sendPage: async (_, { pageId }) => {
      sent.push(pageId);
      return 'provider-1';
    },
    loadNudged: async (_, { mobile }) => ({
      ...{ mobile, hasStopped: false, isOver: false, choice: { off: [], quietHours: null } },
    }),
    putNudgeEntry: async () => undefined,
    sendNudge: async (mobile, { nudgeId }) => {
      sent.push(`${nudgeId} ${mobile}`);
      return 'provider-2';
    },
    sendText: async (mobile, text) => {
      sent.push(`${text} ${mobile}`);
      return 'provider-3';
    },
    noteSent: async (_, providerId, { key }) => {
      noted.push([providerId, key]);
    },
    sendMemo: async (_, { memo }) => {
      sent.push(memo.about);
      return 'provider-3';
    },
    loadUsers: async () => [],
    events: {
      sendAll: async (messages) => {
        queued.push(...messages);
      },
    },
    deliveries: {
      sendAll: async (messages) => {
        queued.push(...messages);
      },
    },
    telemetry: told.telemetry,
    ...parts,
  });
  return { handle, outcomes, sent, queued, noted, ...told };
};
