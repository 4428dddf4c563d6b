import { alertLines } from '#domain/exchange/alert-line.ts';
import { violationLine } from '#domain/exchange/violation-line.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { KeptHistory } from '#domain/response/alert-timeline.ts';
import type { LoadHistories } from '../../adapters/dynamodb/alert-histories.ts';
import type { WearerViolations } from '../../adapters/dynamodb/wearer-violations.ts';
import { type PlacedLine, type Portion, type ReadPortion, UnknownPosition } from './portion.ts';

export type FoundDeps = Readonly<{
  wearerViolations: WearerViolations;
  loadHistories: LoadHistories;
}>;

const MOST_VIOLATIONS = 1_000;
/** The history of each alert is read from its opening on: these few make a sheet. */
const MOST_ALERTS = 25;

type Stretch = Readonly<{ fromAt: Instant; toAt: Instant }>;

const openedIn =
  ({ fromAt, toAt }: Stretch) =>
  ({ openedAt }: Readonly<{ openedAt: Instant }>): boolean =>
    openedAt >= fromAt && openedAt <= toAt;

const restOf = (violations: readonly Violation[], isAll: boolean): string | null =>
  isAll ? null : (violations.at(-1)?.violationId ?? null);

/** What was found of a wearer, in the order of its ids. */
export const violations =
  ({ wearerViolations }: FoundDeps): ReadPortion =>
  async ({ wearer, position, ...stretch }) => {
    const start = { id: position, isAfter: true };
    const found = await wearerViolations.from(wearer, start, MOST_VIOLATIONS);
    const placed = found.violations.filter(openedIn(stretch)).map((violation) => ({
      line: violationLine(violation),
      after: violation.violationId,
    }));
    return { placed, rest: restOf(found.violations, found.isAll) };
  };

/** Within an alert so many of its lines are done; or all of it is. */
const ALL = 'all';

type Place = Readonly<{ id: string | null; done: number | typeof ALL }>;

const readPlace = (position: string | null): Place => {
  if (position === null) return { id: null, done: ALL };
  const [, done, id] = /^(all|\d{1,9})\.(.+)$/s.exec(position) ?? [];
  if (done === undefined || id === undefined) throw new UnknownPosition();
  return { id, done: done === ALL ? ALL : Number(done) };
};

/** What was known by an instant: a later sheet of the same export says the same. */
const until = (history: KeptHistory | undefined, toAt: Instant): KeptHistory => ({
  recorded: (history?.recorded ?? []).filter(({ at }) => at <= toAt),
  pages: (history?.pages ?? []).filter(({ page }) => page.createdAt <= toAt),
});

/** The alerts of a wearer, in the same order, each with what was sent of it and its history. */
export const alerts =
  ({ wearerViolations, loadHistories }: FoundDeps): ReadPortion =>
  async ({ wearer, position, ...stretch }): Promise<Portion> => {
    const { id, done } = readPlace(position);
    const start = { id, isAfter: done === ALL };
    const found = await wearerViolations.from(wearer, start, MOST_ALERTS);
    const raised = await wearerViolations.alertsOf(wearer, found.violations);
    const within = raised.filter(openedIn(stretch));
    const histories = await loadHistories(wearer.agencyId, within);
    const placed = within.flatMap((alert): PlacedLine[] => {
      const lines = alertLines(alert, until(histories.get(alert.alertId), stretch.toAt));
      return lines
        .map((line, i) => ({ line, after: `${i + 1}.${alert.violationId}` }))
        .slice(alert.violationId === id && done !== ALL ? done : 0);
    });
    const rest = restOf(found.violations, found.isAll);
    return { placed, rest: rest === null ? null : `${ALL}.${rest}` };
  };
