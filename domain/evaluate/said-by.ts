import type { DeviceEvent } from '../model/device-event.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';
import type { SaidBy } from '../model/violation.ts';
import { fixLikelihood } from './position/likelihood.ts';
import { type Question, sight } from './position/question.ts';

/** What was said longer ago than this no longer speaks of when a violation was found, seconds. */
const HEARD_SECONDS = 1_800;

type Word = Readonly<{ source: SaidBy['source']; says: SaidBy['says'] }>;

/** What one event says, by each source that speaks in it: its position, and a home unit. */
const wordsOf = (question: Question, event: DeviceEvent): Word[] => {
  if (event.kind === 'check') {
    if (event.result !== 'present' && event.result !== 'absent') return [];
    return [{ source: event.method, says: event.result === 'present' ? 'home' : 'away' }];
  }
  if (event.kind !== 'fix') return [];
  const silent = { ...event, homeUnit: 'unknown', motion: 'unknown' } as const;
  const { home, elsewhere } = fixLikelihood(sight(question, silent), question.densities, silent);
  const source = event.source === 'cell' ? 'cells' : 'fixes';
  const position: Word = { source, says: elsewhere > home ? 'away' : 'home' };
  const isUnitHeard = event.homeUnit !== 'unknown';
  const says = event.homeUnit === 'seen' ? 'home' : 'away';
  return [position, ...(isUnitHeard ? [{ source: 'home-unit', says } as const] : [])];
};

/**
 * What each source said of an address in the half hour before a violation was found, so that a
 * reader sees which was believed, and against what. Those say "away" that were believed: together
 * they weighed more. Nothing for a question of a zone.
 */
export const saidBy = (
  question: Question | null,
  inputs: readonly DeviceEvent[],
  foundAt: Instant,
): SaidBy[] => {
  if (question === null || question.zone !== null) return [];
  const near = inputs.filter(
    ({ recordedAt }) =>
      recordedAt <= foundAt && secondsBetween(recordedAt, foundAt) <= HEARD_SECONDS,
  );
  const words = near.flatMap((event) => wordsOf(question, event));
  const groups = Map.groupBy(words, ({ source, says }) => `${source} ${says}`);
  return [...groups.values()].flatMap(([word, ...more]) =>
    word === undefined ? [] : [{ ...word, pieces: 1 + more.length }],
  );
};
