import type { Alert, Page } from '#domain/model/alert.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';
import { pageOf } from './pages.ts';

const PROMISE = 'I33 whoever was told outside knows what is so';

/** What a liaison was told last of an alert. */
type Last = Readonly<{
  alertId: string;
  liaisonId: string;
  isCourt: boolean;
  purpose: Page['purpose'];
}>;

/** What is wrong with what was told last, as the alert now stands; null: nothing is. */
const wrongIn = (
  { closed, facts: { violation } }: Alert,
  { purpose, isCourt }: Last,
): string | null => {
  if (violation.status === 'withdrawn') {
    return purpose === 'stand-down' ? null : `it was not so, and was told last as ${purpose}`;
  }
  const isDealtWith = closed !== null && closed.by !== null;
  // A court hears of what a person has closed, and of it as something that it has to deal with; or
  // that it need not any more, where that was taken back.
  const isSaid = purpose === 'closed' || (isCourt && ['alert', 'stand-down'].includes(purpose));
  return isDealtWith && !isSaid ? `it is closed, and was told last as ${purpose}` : null;
};

/** I33: what was not so is taken back, however long it is closed, and what is closed is said. */
export const toldOutside: MakeCheck = (watch) => {
  const told = new Map<string, Last>();
  const notReached = new Set<string>();

  return {
    onCommit: ({ changes }) => {
      for (const { before, after } of changes) {
        const page = pageOf(after);
        if (page?.recipient.channel !== 'liaison') continue;
        const { alertId, purpose, recipient } = page;
        const { liaisonId, kind } = recipient;
        const of = `${alertId} ${liaisonId}`;
        if (after?.status?.S === 'failed') notReached.add(of);
        if (before !== undefined) continue;
        told.set(of, { alertId, liaisonId, purpose, isCourt: kind === 'court' });
        watch.saw(`outside: ${purpose}`);
      }
      for (const { is } of alertChangesOf(changes)) {
        for (const [of, last] of told) {
          if (last.alertId !== is.alertId || notReached.has(of)) continue;
          const wrong = wrongIn(is, last);
          if (wrong !== null) watch.report(PROMISE, `${of}: ${wrong}`);
        }
      }
    },
  };
};
