import type { Page } from '#domain/model/alert.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';
import { hasGivenUp } from './given-up.ts';
import { saysLost } from './receipts.ts';
import {
  MOST_UNSENT_MILLISECONDS,
  SKEW_MILLISECONDS,
  wasTroubled,
  wasTroubledIn,
} from './trouble.ts';

/** A row of the outbox that carries a page, and what became of it. */
type Row = {
  readonly page: Page;
  status: string;
  reason: string;
  /** When it was first taken up to be sent, since it was put off last. */
  claimedAt: number | null;
  /** Until when it was put off on purpose; 0 where it never was. */
  putOffUntil: number;
  readonly toldAt: number[];
};

/** The page that a row of the outbox carries; null: it carries none. */
export const pageOf = (item: Item | undefined): Page | null => {
  if (item?.entity?.S !== 'OUTBOX' || item.kind?.S !== 'page') return null;
  const page: Page = JSON.parse(item.body?.S ?? '');
  return page;
};

const calls = ({ purpose, recipient }: Page): boolean =>
  (purpose === 'alert' || purpose === 'review') && recipient.channel !== 'liaison';

type Answered = Readonly<{ answeredAt: number; what: string }>;

/** I9: nobody is called to what somebody had in hand, or had closed, before it was taken up. */
const checkCalled = (watch: Watch, { page, claimedAt }: Row, answered: Answered | undefined) => {
  if (answered === undefined || claimedAt === null || !calls(page)) return;
  if (answered.answeredAt >= claimedAt) return;
  const when = `${page.pageId}: it was ${answered.what} before it was taken up`;
  watch.report('I9 nobody is called to what somebody has in hand', when);
};

const checkDouble = (watch: Watch, { page, toldAt }: Row) => {
  const [first = 0, second] = toldAt.slice(-2);
  // What is delivered to a liaison has a check of its own.
  if (second === undefined || page.recipient.channel === 'liaison') return;
  if (wasTroubledIn('notify', watch.faults, [first, second]))
    return watch.count('explained double');
  watch.count('double');
  watch.report('no page twice without a cause', page.pageId);
};

/** What was put off on purpose is brought back by the sweep alone, in a world that has it. */
const isLeftToSweep = ({ plan }: Watch, { putOffUntil }: Pick<Row, 'putOffUntil'>): boolean =>
  plan.cut.sweeps && putOffUntil > 0;

/** A control room that hears of an alert again sends a second car. */
const checkForce = (
  watch: Watch,
  forces: Set<string>,
  { alertId, purpose, recipient }: Page,
): void => {
  if (purpose !== 'alert' || recipient.channel !== 'liaison') return;
  const of = `${alertId} ${recipient.liaisonId}`;
  if (forces.has(of)) watch.report('a force is told of an alert once', of);
  forces.add(of);
};

/** I19, I21: a row ends once, and stays as it ended; but for a page that the network has lost. */
const checkEnd = (watch: Watch, { before, after, key }: Change, isLost: boolean): void => {
  if (before?.entity?.S !== 'OUTBOX' || before.status?.S === 'pending') return;
  const isSame = after?.status?.S === before.status?.S && after?.outcome?.S === before.outcome?.S;
  if (isLost && before.status?.S === 'sent' && after?.status?.S === 'failed') return;
  if (!isSame) watch.report('I21 a row never goes back', `${key.pk?.S} ${key.sk?.S}`);
  if (after?.nextDueAt !== undefined) {
    watch.report('I21 a row that has ended is driven no more', `${key.pk?.S} ${key.sk?.S}`);
  }
};

/** I9, I19 to I22: every page is told or says why not; once, to whom it names, in time. */
export const pages: MakeCheck = (watch) => {
  const rows = new Map<string, Row>();
  const byKey = new Map<string, Row>();
  const inHand = new Map<string, Answered>();
  const unreachable = new Set<string>();
  const forces = new Set<string>();

  const followRow = (change: Change): void => {
    const page = pageOf(change.after);
    checkEnd(watch, change, page !== null && unreachable.has(page.pageId));
    if (page === null) return;
    const id = `${change.key.pk?.S} ${change.key.sk?.S}`;
    const status = change.after?.status?.S ?? '';
    const { reason = '' } = JSON.parse(change.after?.outcome?.S ?? '{}');
    const known = byKey.get(id);
    if (known === undefined) {
      checkForce(watch, forces, page);
      const row: Row = { page, status, reason, claimedAt: null, putOffUntil: 0, toldAt: [] };
      if (rows.has(page.pageId)) watch.report('I7 a page is made once', page.pageId);
      rows.set(page.pageId, row);
      byKey.set(id, row);
    } else {
      if (known.page.pageId !== page.pageId) watch.report('I22 a row keeps its page', id);
      known.status = status;
      const { untilAt = 0 } = JSON.parse(change.after?.waits?.S ?? '{}');
      if (untilAt > known.putOffUntil) known.claimedAt = null;
      else if (change.after?.claimedBy !== undefined) known.claimedAt ??= watch.now();
      known.putOffUntil = untilAt;
      known.reason = reason;
      const isTheirs = reason !== 'contact-changed' || !hasGivenUp(watch.db, page);
      // It was not told: it may be told again.
      if (status === 'failed' && page.recipient.channel === 'liaison') {
        forces.delete(`${page.alertId} ${page.recipient.liaisonId}`);
      }
      if (status === 'failed' && (watch.canNeverReach(page) || !isTheirs)) {
        unreachable.add(page.pageId);
      }
    }
  };

  const followTold = (row: Row): void => {
    const { page, toldAt, putOffUntil } = row;
    checkCalled(watch, row, inHand.get(page.alertId));
    toldAt.push(watch.now());
    checkDouble(watch, row);
    const mightLeaveAt = Math.max(page.createdAt, putOffUntil);
    const late = watch.now() - mightLeaveAt;
    if (toldAt.length > 1 || late <= MOST_UNSENT_MILLISECONDS || isLeftToSweep(watch, row)) return;
    if (wasTroubled(watch.faults, mightLeaveAt - SKEW_MILLISECONDS, watch.now())) return;
    watch.count('late');
    watch.report('I19 no page waits', `${page.pageId}: ${Math.round(late / 1000)} s`);
  };

  const checkRow = ({ page, status, reason, toldAt, putOffUntil }: Row): void => {
    const isOld = Math.max(page.createdAt, putOffUntil) < watch.now() - MOST_UNSENT_MILLISECONDS;
    if (status === 'pending' && isOld && !isLeftToSweep(watch, { putOffUntil })) {
      watch.count('miss');
      watch.report('I19 every row ends', `${page.pageId} is still pending`);
    }
    // What is told to a liaison stands in its feed.
    if (status === 'sent' && toldAt.length === 0 && page.recipient.channel !== 'liaison') {
      watch.count('miss');
      watch.report('I19 what is said to be sent was sent', page.pageId);
    }
    if ((status === 'suppressed' || status === 'bundled') && reason === '')
      watch.report('I24 what was not sent says why', page.pageId);
    if (status === 'failed' && !unreachable.has(page.pageId)) {
      watch.count('miss');
      watch.report('I20 only what can never be sent fails', page.pageId);
    }
  };

  return {
    onCommit: ({ at, changes }) => {
      for (const { was, is } of alertChangesOf(changes)) {
        // It has opened again: everybody is told anew.
        if (is.told.length < (was?.told.length ?? 0)) {
          for (const of of forces) if (of.startsWith(`${is.alertId} `)) forces.delete(of);
        }
        if (is.status === 'open') inHand.delete(is.alertId);
        else if (!inHand.has(is.alertId)) {
          inHand.set(is.alertId, { answeredAt: at, what: is.status });
        }
      }
      for (const change of changes) if (change.table === 'monitoring') followRow(change);
    },
    onTold: ({ page }) => {
      const row = page === null ? undefined : rows.get(page.pageId);
      if (row !== undefined) return followTold(row);
      if (page !== null) watch.report('I29 what is told stands in the outbox', page.pageId);
    },
    onReceipt: (receipt, { page }) => {
      if (page !== null && saysLost(receipt)) unreachable.add(page.pageId);
    },
    atEnd: () => {
      for (const row of rows.values()) checkRow(row);
    },
  };
};
