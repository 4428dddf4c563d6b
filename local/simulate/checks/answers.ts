import type { Alert } from '#domain/model/alert.ts';
import type { Act } from '../world/people.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';
import { SKEW_MILLISECONDS } from './trouble.ts';

type Seen = Readonly<{ at: number; alert: Alert }>;

/** A link sends the browser back to its page; everything else answers for itself. */
const isDone = (status: number | null): boolean => status === 200 || status === 303;

const isShown = (act: Act, { at, alert }: Seen): boolean => {
  if (at > act.answeredAt) return false;
  switch (act.kind) {
    case 'acknowledge':
      return alert.acknowledgements.some(({ by }) => by === act.by);
    case 'close':
      return alert.closed?.by === act.by;
    case 'escalate':
      return alert.changed.by === act.by && alert.changed.what === 'alert-escalated';
    default:
      return act.kind satisfies never;
  }
};

/** I4: who was told that it is done has done it; who was refused is told who acted, and when. */
export const answers: MakeCheck = ({ report }) => {
  const history = new Map<string, Seen[]>();
  return {
    onCommit: ({ at, changes }) => {
      for (const { was, is } of alertChangesOf(changes)) {
        const more = is.acknowledgements.length > (was?.acknowledgements.length ?? 0);
        const holds = is.policy.acknowledgementSeconds * 1000 - SKEW_MILLISECONDS;
        const isHeld = was?.acknowledgements.some((one) => one.at + holds > at) === true;
        if (was?.status === 'acknowledged' && isHeld && more) {
          report('I4 what is in hand is taken from nobody', is.alertId);
        }
        history.set(is.alertId, [...(history.get(is.alertId) ?? []), { at, alert: is }]);
      }
    },
    onAct: (act) => {
      const { status, alertId, by, kind, body } = act;
      const seen = history.get(alertId) ?? [];
      if (isDone(status) && !seen.some((one) => isShown(act, one))) {
        report('I4 what is answered as done is done', `${by} ${kind} ${alertId}`);
      }
      const stale = seen.find((one) => isShown(act, one) && one.at >= act.startedAt);
      const seenEpoch = act.epoch ?? 0;
      if (isDone(status) && act.epoch !== null && (stale?.alert.epoch ?? 0) > seenEpoch + 1) {
        report('I4 nobody acts on what has changed since they read it', `${by} ${kind} ${alertId}`);
      }
      if (status !== 409 || !body.startsWith('{')) return;
      const refusal = JSON.parse(body);
      if (refusal.at === null || refusal.at === undefined) {
        report('I4 who is refused is told who acted and when', `${by} ${kind} ${alertId}`);
      }
    },
  };
};
