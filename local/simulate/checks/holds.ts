import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import type { Alert, Held } from '#domain/model/alert.ts';
import { alertChangesOf, entriesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';
import { isForSafety } from './naive-reach.ts';
import { MOST_LATE_MILLISECONDS, SKEW_MILLISECONDS, wasTroubled } from './trouble.ts';

type Fields = Readonly<Record<string, unknown>>;
type Known = Readonly<{ alert: Alert; changedAt: number }>;

/** So long after a change of what an alert waits for, either answer is right. */
const EITHER_MILLISECONDS = 60_000;
/** All that waits sees that a pause was changed within so long, and is told one after another. */
const MOST_SPREAD_MILLISECONDS = 360_000;
const GRAVITY = ['moderate', 'severe', 'extreme'];
const CAUSES = ['strap-open', 'case-open'];
const EXPLAINED = ['location-lost', 'device-silent'];

const isCovered = (pause: Fields, { wearerId, conditionKind, facts }: Alert): boolean => {
  const scope: Fields = Object(pause.scope);
  const kinds = Array.isArray(scope.kinds) ? scope.kinds : [];
  const isIn =
    scope.kind === 'agency' ||
    (scope.kind === 'wearer' && scope.wearerId === wearerId) ||
    (scope.kind === 'kinds' && kinds.includes(conditionKind));
  const hasTwo = pause.withSafety === true && (pause.second ?? null) !== null;
  return isIn && (!isForSafety(facts.violation) || hasTwo);
};

const timeOf = (value: unknown): number => Date.parse(String(value));

/** The pauses that stand on record and hold an alert in their time. */
const pausesFor = ({ db }: Watch, alert: Alert): Fields[] =>
  [...db.itemsOf('monitoring')]
    .filter(({ entity }) => entity?.S === 'PAUSE')
    .map((item): Fields => JSON.parse(item.body?.S ?? '{}'))
    .filter((pause) => isCovered(pause, alert));

const pausesOver = (watch: Watch, alert: Alert, at: number): Fields[] =>
  pausesFor(watch, alert).filter(
    ({ startsAt, endsAt }) => timeOf(startsAt) <= at && at < timeOf(endsAt),
  );

const isAsGrave = (a: Alert, b: Alert): boolean =>
  GRAVITY.indexOf(a.severity) >= GRAVITY.indexOf(b.severity);

/** Whether what an alert waits for was such that an alert may begin to wait for it. */
const mayBegin = (held: Held, alert: Alert, other: Alert | undefined): boolean => {
  const hasBeenTold = other?.told.some(({ channel }) => channel !== 'liaison') ?? false;
  if (held.why === 'grouped') {
    const isOpen = other?.status === 'open' && other.acknowledgements.length === 0;
    return isOpen && hasBeenTold && isAsGrave(other, alert) && !isForSafety(alert.facts.violation);
  }
  if (held.why !== 'inhibited') return true;
  const isCause = other !== undefined && CAUSES.includes(other.facts.violation.reason);
  const isExplained = EXPLAINED.includes(alert.facts.violation.rule);
  return isCause && isExplained && isAsGrave(other, alert);
};

const otherOf = (held: Held): string | null =>
  held.why === 'grouped' ? held.underAlertId : held.why === 'inhibited' ? held.byAlertId : null;

/**
 * I17, I18, I26, I27: what is held waits for something that stands, or else is told; it is looked
 * at again in time, and let go in its order. Never what is the first to be told, nor what safety
 * hangs on, but behind what explains it or by two people.
 */
export const holds: MakeCheck = (watch) => {
  const known = new Map<string, Known>();
  const released = new Map<string, { alert: Alert; from: number }[]>();
  let pausesChangedAt = 0;

  const isStanding = (held: Held, alert: Alert, at: number): boolean => {
    if (held.why === 'paused') return pausesOver(watch, alert, at).length > 0;
    const other = known.get(otherOf(held) ?? '')?.alert;
    if (other === undefined || other.cleared !== null || other.status === 'closed') return false;
    if (held.why === 'inhibited') return other.facts.violation.endedAt === null;
    return other.status === 'open';
  };

  /** Whether what it waits for has changed just now, or begins or ends about now. */
  const isInFlux = (held: Held | null, alert: Alert, at: number): boolean => {
    const other = held === null ? undefined : known.get(otherOf(held) ?? '');
    if (at - (other?.changedAt ?? 0) < EITHER_MILLISECONDS) return true;
    if (at - pausesChangedAt < EITHER_MILLISECONDS) return true;
    const counts = [at - EITHER_MILLISECONDS, at, at + EITHER_MILLISECONDS].map(
      (one) => pausesOver(watch, alert, one).length > 0,
    );
    return new Set(counts).size > 1;
  };

  const onHeld = (held: Held, alert: Alert, at: number): void => {
    watch.saw(`held: ${held.why}`);
    if (held.why === 'feed-late' || isInFlux(held, alert, at)) return;
    const other = known.get(otherOf(held) ?? '')?.alert;
    if (!mayBegin(held, alert, other)) {
      watch.report(
        'I26 nothing waits that is the first to be told',
        `${alert.alertId}: ${held.why}`,
      );
    }
    if (!isStanding(held, alert, at)) {
      watch.report('I27 what is held waits for what stands', `${alert.alertId}: ${held.why}`);
    }
  };

  const onOpened = (alert: Alert, at: number): void => {
    if (alert.held !== undefined) onHeld(alert.held, alert, at);
    else if (alert.isTest || isInFlux(null, alert, at) || pausesOver(watch, alert, at).length === 0)
      return;
    else watch.report('I17 what is paused is held', alert.alertId);
  };

  /** Those that the same pauses held are told in the order in which they came. */
  const onReleased = (alert: Alert, nextStepAt: number): void => {
    const under = pausesFor(watch, alert)
      .map(({ pauseId }) => String(pauseId))
      .sort()
      .join(', ');
    const delay = alert.track === 'page' ? (alert.policy.steps[0]?.delaySeconds ?? 0) : 0;
    const from = nextStepAt - delay * 1000;
    if (from > watch.now() + MOST_SPREAD_MILLISECONDS) {
      watch.report('I17 what is let go is told', `${alert.alertId}: not for a while`);
    }
    // Whoever is looked at late is told at once: there is no order to keep any more.
    if (from <= watch.now() + SKEW_MILLISECONDS) return;
    const others = released.get(under) ?? [];
    const overtaken = others.find(
      (one) => one.alert.openedAt < alert.openedAt !== one.from < from && one.from !== from,
    );
    if (overtaken !== undefined) {
      watch.report('I17 in the order in which they came', `${alert.alertId}: ${under}`);
    }
    released.set(under, [...others, { alert, from }]);
  };

  const onLook = (event: Looked, { alert }: Known): void => {
    const { held, nextStepAt: dueAt } = alert;
    if (held === undefined || dueAt === null) return;
    const { at } = event;
    if (at - dueAt > MOST_LATE_MILLISECONDS && !wasTroubled(watch.faults, dueAt, at)) {
      watch.report('I6 no step later than 90 s', `${alert.alertId}: looked at late while held`);
    }
    if (event.type === 'hold-kept') {
      const isAnother = event.held.why !== held.why;
      if (isAnother) onHeld(event.held, alert, at);
      if (isAnother || event.held.backAt !== null || held.why === 'feed-late') return;
      if (isInFlux(held, alert, at) || isStanding(held, alert, at)) return;
      watch.report('I27 what is held waits for what stands', `${alert.alertId}: ${held.why}`);
      return;
    }
    watch.saw(`let go: ${held.why}`);
    if (held.why === 'feed-late') return;
    if (held.why === 'paused') onReleased(alert, event.nextStepAt);
    const isLimit = at >= held.untilAt - 1_000;
    if (isLimit || isInFlux(held, alert, at) || !isStanding(held, alert, at)) return;
    watch.report('I17 what is paused or grouped is held', `${alert.alertId}: ${held.why}`);
  };

  const follow = (alertId: string, event: AlertEvent): void => {
    if (event.type === 'alert-opened') onOpened(event.alert, event.at);
    const before = known.get(alertId);
    const isLook = event.type === 'hold-kept' || event.type === 'hold-ended';
    if (isLook && before !== undefined) onLook(event, before);
  };

  return {
    onCommit: ({ at, changes }) => {
      if (changes.some(({ after }) => after?.entity?.S === 'PAUSE')) pausesChangedAt = at;
      for (const { alertId, event } of entriesOf(changes)) follow(alertId, event);
      for (const { is } of alertChangesOf(changes))
        known.set(is.alertId, { alert: is, changedAt: at });
    },
  };
};
type Looked = Extract<AlertEvent, { type: 'hold-kept' | 'hold-ended' }>;
