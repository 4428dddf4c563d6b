import type { Alert } from '#domain/model/alert.ts';
import type { Act } from '../world/people.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';

type Seen = Readonly<{ at: number; alert: Alert }>;

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
      for (const { is } of alertChangesOf(changes)) {
        history.set(is.alertId, [...(history.get(is.alertId) ?? []), { at, alert: is }]);
      }
    },
    onAct: (act) => {
      const { status, alertId, by, kind, body } = act;
      const seen = history.get(alertId) ?? [];
      if (status === 200 && !seen.some((one) => isShown(act, one))) {
        report('I4 what is answered as done is done', `${by} ${kind} ${alertId}`);
      }
      if (status !== 409 || !body.startsWith('{')) return;
      const refusal = JSON.parse(body);
      if (refusal.at === null || refusal.at === undefined) {
        report('I4 who is refused is told who acted and when', `${by} ${kind} ${alertId}`);
      }
    },
  };
};
