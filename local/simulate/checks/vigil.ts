import type { Change } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import type { MakeCheck } from './check.ts';
import { SKEW_MILLISECONDS, wasTroubled } from './trouble.ts';

type Notice = Readonly<{
  kind: 'blind' | 'back';
  at: number;
  toldAt: number | null;
  findings: readonly Readonly<{ fault: string }>[];
}>;
type Vigil = Readonly<{
  spell: Readonly<{
    wrong: readonly Readonly<{ fault: string }>[];
    told: readonly object[];
  }> | null;
  notices: readonly Notice[];
}>;

/** Whoever waits for longer is known to the duty manager. */
const TOLD_WITHIN_MILLISECONDS = 300_000;
/** Late is what waits for so long; the auditor's own clock and reads are a little off. */
const LEAST_LATE_MILLISECONDS = 80_000;
/** After the last fault all is found well within so long. */
const WELL_WITHIN_MILLISECONDS = 2_400_000;
const NEVER_RIGHT = ['pages-lost', 'alerts-without-step'];
const OF_WAITING = ['alerts-late', 'pages-late'];
const DUTY_MANAGER = 'arn:duty-manager';

/** Since when a row of the table waits for somebody to work on it; null: it does not. */
const waitsSince = (item: Item, now: number): number | null => {
  const { entity, status, dueShard, nextDueAt, waitsSinceAt, body, waits } = item;
  if (dueShard?.S?.startsWith('DUE#') !== true) return null;
  if (entity?.S === 'ALERT') return Number(nextDueAt?.N);
  if (entity?.S === 'VIOLATION') return Number(waitsSinceAt?.N);
  if (entity?.S !== 'OUTBOX' || status?.S !== 'pending') return null;
  if (waits !== undefined) return JSON.parse(waits.S ?? '').untilAt;
  return JSON.parse(body?.S ?? '{}').createdAt ?? now;
};

/**
 * The auditor tells the duty manager of what waits within five minutes, and of nothing else; and
 * finds all well when all is.
 */
export const vigil: MakeCheck = (watch) => {
  const toldAt: number[] = [];
  let kept: Vigil | null = null;

  const oldestWaiting = (): number => {
    const now = watch.now();
    let oldest = now;
    for (const item of watch.db.itemsOf('monitoring')) {
      oldest = Math.min(oldest, waitsSince(item, now) ?? now);
    }
    return oldest;
  };

  /** Whether who looks was hindered itself. */
  const wasHindered = (from: number): boolean =>
    wasTroubled(
      watch.faults.filter(({ where, fault }) => /audit|canary/.test(where) || fault === 'deploy'),
      from,
      watch.now(),
    );

  const checkTold = ({ spell, notices }: Vigil, since: number): void => {
    if (watch.now() - since < TOLD_WITHIN_MILLISECONDS || wasHindered(since)) return;
    const isKnown = spell !== null && spell.told.length > 0;
    const isTold = notices.some((one) => one.kind === 'blind' && (one.toldAt ?? 0) >= since);
    if (isKnown || isTold) return;
    const minutes = Math.round((watch.now() - since) / 60_000);
    watch.report('the duty manager is told within five minutes', `waiting for ${minutes} min`);
  };

  const checkNotice = ({ kind, findings, at }: Notice, since: number): void => {
    // What a look found may have been done, or begun anew, before it is told: where something went
    // wrong there is nothing to hold it to.
    const isPast = watch.now() - at > SKEW_MILLISECONDS || watch.faults.length > 0;
    for (const { fault } of kind === 'blind' ? findings : []) {
      watch.saw(`told of ${fault}`);
      const isWaiting = isPast || watch.now() - since >= LEAST_LATE_MILLISECONDS;
      if (NEVER_RIGHT.includes(fault) || (OF_WAITING.includes(fault) && !isWaiting)) {
        watch.report('the duty manager is told of what is', `${fault} at ${at}`);
      }
    }
  };

  const onKept = ({ after }: Change): void => {
    const now: Vigil = JSON.parse(after?.body?.S ?? '{}');
    if (now.notices === undefined) return;
    const before = new Map((kept?.notices ?? []).map((one) => [one.at, one]));
    const since = oldestWaiting();
    for (const notice of now.notices) {
      if (!before.has(notice.at)) checkNotice(notice, since);
      const isNewlyTold = notice.toldAt !== null && !before.get(notice.at)?.toldAt;
      if (isNewlyTold && !toldAt.some((at) => at >= notice.at - 1_000)) {
        watch.report('the duty manager is told of what is kept as told', `${notice.at}`);
      }
    }
    checkTold(now, since);
    kept = now;
  };

  return {
    onCommit: ({ changes }) => {
      for (const change of changes) if (change.table === 'vigil') onKept(change);
    },
    onTold: ({ to, at }) => {
      if (to === DUTY_MANAGER) toldAt.push(at);
    },
    atEnd: () => {
      if (kept === null) return;
      const { spell, notices } = kept;
      // Where nobody's number takes texts any more, that goes on failing, and is told rightly.
      const wrong = spell?.wrong.filter(({ fault }) => fault !== 'pages-failing') ?? [];
      const late = notices.filter(
        ({ kind, at, findings }) =>
          kind === 'blind' &&
          at > watch.plan.stormUntil + WELL_WITHIN_MILLISECONDS &&
          findings.some(({ fault }) => fault !== 'pages-failing'),
      );
      if (wrong.length === 0 && late.length === 0) return;
      const faults = [...wrong, ...late.flatMap(({ findings }) => findings)];
      const named = faults.map(({ fault }) => fault).join(' ');
      watch.report('the auditor finds all well when all is', named);
    },
  };
};
