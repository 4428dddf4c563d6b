import type { Page } from '#domain/model/alert.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';
import {
  MOST_UNSENT_MILLISECONDS,
  SKEW_MILLISECONDS,
  wasTroubled,
  wasTroubledIn,
} from './trouble.ts';

/** A page that was claimed before may leave for so long: its function's time, and a late call. */
const MOST_CLAIMED_MILLISECONDS = 150_000;
const CALM_CLAIMED_MILLISECONDS = 3_000;

/** A row of the outbox that carries a page, and what became of it. */
type Row = { readonly page: Page; status: string; reason: string; readonly toldAt: number[] };

const pageOf = (item: Item | undefined): Page | null => {
  if (item?.entity?.S !== 'OUTBOX' || item.kind?.S !== 'page') return null;
  const page: Page = JSON.parse(item.body?.S ?? '');
  return page;
};

const calls = ({ purpose, recipient }: Page): boolean =>
  (purpose === 'alert' || purpose === 'review') && recipient.channel !== 'police';

type Answered = Readonly<{ answeredAt: number; what: string }>;

/** I9: nobody is called to what somebody has in hand, or has closed. */
const checkCalled = (watch: Watch, page: Page, answered: Answered | undefined): void => {
  if (answered === undefined || !calls(page)) return;
  const after = watch.now() - answered.answeredAt;
  const isCalm = !wasTroubled(watch.faults, answered.answeredAt, watch.now());
  if (after > (isCalm ? CALM_CLAIMED_MILLISECONDS : MOST_CLAIMED_MILLISECONDS)) {
    const when = `${page.pageId}: ${Math.round(after / 1000)} s after it was ${answered.what}`;
    watch.report('I9 nobody is called to what somebody has in hand', when);
  }
};

const checkDouble = (watch: Watch, { page, toldAt }: Row) => {
  const [first = 0, second] = toldAt.slice(-2);
  if (second === undefined) return;
  if (wasTroubledIn('notify', watch.faults, [first, second]))
    return watch.count('explained double');
  watch.count('double');
  watch.report('no page twice without a cause', page.pageId);
};

/** I19, I21: a row ends once, and stays as it ended. */
const checkEnd = (watch: Watch, { before, after, key }: Change): void => {
  if (before?.entity?.S !== 'OUTBOX' || before.status?.S === 'pending') return;
  const isSame = after?.status?.S === before.status?.S && after?.outcome?.S === before.outcome?.S;
  if (!isSame) watch.report('I21 a row never goes back', `${key.pk?.S} ${key.sk?.S}`);
};

/** I9, I19 to I22: every page is told or says why not; once, to whom it names, in time. */
export const pages: MakeCheck = (watch) => {
  const rows = new Map<string, Row>();
  const byKey = new Map<string, Row>();
  const inHand = new Map<string, Answered>();
  const unreachable = new Set<string>();

  const followRow = (change: Change): void => {
    checkEnd(watch, change);
    const page = pageOf(change.after);
    if (page === null) return;
    const id = `${change.key.pk?.S} ${change.key.sk?.S}`;
    const status = change.after?.status?.S ?? '';
    const { reason = '' } = JSON.parse(change.after?.outcome?.S ?? '{}');
    const known = byKey.get(id);
    if (known === undefined) {
      const row = { page, status, reason, toldAt: [] };
      if (rows.has(page.pageId)) watch.report('I7 a page is made once', page.pageId);
      rows.set(page.pageId, row);
      byKey.set(id, row);
    } else {
      if (known.page.pageId !== page.pageId) watch.report('I22 a row keeps its page', id);
      known.status = status;
      known.reason = reason;
      if (status === 'failed' && watch.canNeverReach(page)) unreachable.add(page.pageId);
    }
  };

  const checkRow = ({ page, status, reason, toldAt }: Row): void => {
    const isOld = page.createdAt < watch.now() - MOST_UNSENT_MILLISECONDS;
    if (status === 'pending' && isOld) {
      watch.count('miss');
      watch.report('I19 every row ends', `${page.pageId} is still pending`);
    }
    if (status === 'sent' && toldAt.length === 0) {
      watch.count('miss');
      watch.report('I19 what is said to be sent was sent', page.pageId);
    }
    if (status === 'suppressed' && reason === '')
      watch.report('I24 what was not sent says why', page.pageId);
    if (status === 'failed' && !unreachable.has(page.pageId)) {
      watch.count('miss');
      watch.report('I20 only what can never be sent fails', page.pageId);
    }
  };

  return {
    onCommit: ({ at, changes }) => {
      for (const change of changes) if (change.table === 'monitoring') followRow(change);
      for (const { is } of alertChangesOf(changes)) {
        if (is.status === 'open') inHand.delete(is.alertId);
        else if (!inHand.has(is.alertId))
          inHand.set(is.alertId, { answeredAt: at, what: is.status });
      }
    },
    onTold: ({ page }) => {
      if (page === null) return;
      const row = rows.get(page.pageId);
      if (row === undefined)
        return watch.report('I29 what is told stands in the outbox', page.pageId);
      checkCalled(watch, page, inHand.get(page.alertId));
      row.toldAt.push(watch.now());
      checkDouble(watch, row);
      const late = watch.now() - page.createdAt;
      if (row.toldAt.length > 1 || late <= MOST_UNSENT_MILLISECONDS) return;
      if (wasTroubled(watch.faults, page.createdAt - SKEW_MILLISECONDS, watch.now())) return;
      watch.count('late');
      watch.report('I19 no page waits', `${page.pageId}: ${Math.round(late / 1000)} s`);
    },
    atEnd: () => {
      for (const row of rows.values()) checkRow(row);
    },
  };
};
