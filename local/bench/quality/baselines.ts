import type { Alert, SeenFix } from './seen-fix.ts';

/** A published rule: what it makes of one wearer's fixes. */
export type Baseline = Readonly<{ name: string; alerts: (seen: readonly SeenFix[]) => Alert[] }>;

type Signs = Readonly<{
  /** Speaks for being inside, for being outside, or is passed over. */
  read: (seen: SeenFix) => 'in' | 'out' | 'pass';
  /** So many in a row open an alert, and so many end it. */
  toOpen: number;
  toClose: number;
}>;

const counted =
  ({ read, toOpen, toClose }: Signs) =>
  (fixes: readonly SeenFix[]): Alert[] => {
    const alerts: Alert[] = [];
    let openedAt: number | null = null;
    let [ins, outs] = [0, 0];
    for (const seen of fixes) {
      const sign = read(seen);
      if (sign === 'pass') continue;
      ins = sign === 'in' ? ins + 1 : 0;
      outs = sign === 'out' ? outs + 1 : 0;
      if (openedAt === null && ins >= toOpen) openedAt = seen.minute;
      else if (openedAt !== null && outs >= toClose) {
        alerts.push({ fromMinute: openedAt, toMinute: seen.minute });
        openedAt = null;
      }
    }
    const last = fixes.at(-1)?.minute ?? 0;
    return openedAt === null ? alerts : [...alerts, { fromMinute: openedAt, toMinute: last }];
  };

const sideOf = ({ depthMetres }: SeenFix) => (depthMetres > 0 ? 'in' : 'out');

/** Traccar: fixes worse than `filter.accuracy` are dropped; one inside is an entry. */
const traccar: Baseline = {
  name: 'single fix, accuracy <= 50 m (Traccar)',
  alerts: counted({
    read: (seen) => (seen.radiusMetres > 50 ? 'pass' : sideOf(seen)),
    toOpen: 1,
    toClose: 1,
  }),
};

/** SCRAM: so many consecutive points. */
const inARow = (n: number): Baseline => ({
  name: `${n} in a row (SCRAM)`,
  alerts: counted({ read: sideOf, toOpen: n, toClose: n }),
});

/** The zone drawn smaller: only what lies so deep in it counts. */
const buffered = (metres: number): Baseline => ({
  name: `buffer of ${metres} m`,
  alerts: counted({
    read: ({ depthMetres }) => (depthMetres > metres ? 'in' : depthMetres > 0 ? 'pass' : 'out'),
    toOpen: 1,
    toClose: 1,
  }),
});

/** Inside by more than the radius that the receiver states, so many times in a row. */
const byAccuracy = (n: number): Baseline => ({
  name: `inside by its accuracy, ${n} in a row`,
  alerts: counted({
    read: ({ depthMetres, radiusMetres }) => (depthMetres > radiusMetres ? 'in' : 'out'),
    toOpen: n,
    toClose: n,
  }),
});

/**
 * Amazon Location's AccuracyBased filter: a fix is ignored while it has moved less than the two
 * accuracies together from the last one kept; entry and exit are told by those kept.
 */
const amazon: Baseline = {
  name: 'AccuracyBased filter, enter and exit (Amazon Location)',
  alerts: (fixes) => {
    const kept: SeenFix[] = [];
    for (const seen of fixes) {
      const last = kept.at(-1);
      const reach = seen.radiusMetres + (last?.radiusMetres ?? 0);
      if (last === undefined || seen.movedMetres(last) >= reach) kept.push(seen);
    }
    return counted({ read: sideOf, toOpen: 1, toClose: 1 })(kept);
  },
};

export const BASELINES: readonly Baseline[] = [
  traccar,
  ...[1, 2, 3, 4, 5].map(inARow),
  ...[10, 25, 50].map(buffered),
  ...[1, 2, 3].map(byAccuracy),
  amazon,
];
