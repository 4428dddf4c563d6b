import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import { ASKED_AT, missesChecks, passesChecks } from './check-missed.ts';
import type { MadeDay } from './made-day.ts';

/** Four checks, and the wearer is asked for each as it falls due, whatever becomes of it. */
export const isAskedEachTime = (seed: number): MadeDay => ({
  ...(seed % 2 === 0 ? missesChecks(seed) : passesChecks(seed)),
  rule: 'check-prompt',
  truth: ASKED_AT.map((beganAt) => ({
    ...{ conditionId: 'checks', reasons: ['check-due'], beganAt, withinSeconds: 1 },
  })),
});

/** The same answers on the day after: no check is planned for it, and nobody is asked. */
export const isNotAsked = (seed: number): MadeDay => {
  const { startsAt, endsAt, events, ...day } = passesChecks(seed);
  const later = (at: string): string => new Date(Date.parse(at) + DAY_SECONDS * 1000).toISOString();
  return {
    ...{ ...day, rule: 'check-prompt', truth: [] },
    startsAt: secondsAfter(startsAt, DAY_SECONDS),
    endsAt: secondsAfter(endsAt, DAY_SECONDS),
    events: events.map((event) => ({ ...event, recordedAt: later(event.recordedAt) })),
  };
};
