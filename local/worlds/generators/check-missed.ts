import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between, chance } from '../chance.ts';
import type { MadeDay, MadeEvent, Truth } from './made-day.ts';

const STARTS_AT = instant(Date.parse('2026-06-01T05:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 20 * 3600);
/** 09:00, 13:00, 17:00 and 21:00 in London, in summer. */
export const ASKED_AT = [8, 12, 16, 20].map((hour) =>
  instant(Date.parse(`2026-06-01T${String(hour).padStart(2, '0')}:00:00Z`)),
);
const ANSWER_SECONDS = 900;
const EXPIRE_SECONDS = 1_800;

/** What became of a check: what the wearer did, and what there is to find. */
type Fate = (askedAt: Instant, seed: number) => Readonly<{ did: MadeEvent[]; truth: Truth[] }>;

type CheckEvent = Extract<MadeEvent, { kind: 'check' }>;

const answer = (
  at: Instant,
  result: CheckEvent['result'] = 'present',
  method: CheckEvent['method'] = 'phone',
): MadeEvent => ({ kind: 'check', recordedAt: toIso(at), method, result });

/** The telephone says that it is there. */
const FIRST_HEARD: MadeEvent = { kind: 'device-status', recordedAt: toIso(STARTS_AT) };

const found = (reason: Truth['reasons'][0], beganAt: Instant, withinSeconds = 0): Truth => ({
  ...{ conditionId: 'checks', reasons: [reason] },
  ...{ beganAt, withinSeconds },
});
const seconds = (least: number, most: number, seed: number): number =>
  Math.floor(between(least, most, seed));

const inTime: Fate = (askedAt, seed) => ({
  did: [answer(secondsAfter(askedAt, seconds(0, ANSWER_SECONDS, seed)))],
  truth: [],
});

/** In the last second, after a photograph that was not recognised. */
const barely: Fate = (askedAt, seed) => ({
  did: [
    answer(secondsAfter(askedAt, seconds(60, 600, seed)), 'failed', 'face'),
    answer(secondsAfter(askedAt, ANSWER_SECONDS - 0.001), 'present', 'face'),
  ],
  truth: [],
});

/** Answered before it was asked for another reason, and then in time. */
const twice: Fate = (askedAt, seed) => ({
  did: [
    answer(secondsAfter(askedAt, -seconds(1, 600, seed))),
    answer(secondsAfter(askedAt, seconds(0, 300, seed + 1))),
    answer(secondsAfter(askedAt, 400), 'failed'),
  ],
  truth: [],
});

const late: Fate = (askedAt, seed) => {
  const after = seconds(ANSWER_SECONDS, EXPIRE_SECONDS, seed);
  return {
    did: [answer(secondsAfter(askedAt, after))],
    truth: [found('check-late', secondsAfter(askedAt, after))],
  };
};

/** No answer; one that says nothing; one of a kind that does not count; or one too late. */
const expired: Fate = (askedAt, seed) => ({
  did:
    [
      [],
      [answer(secondsAfter(askedAt, 300), 'undetermined')],
      [answer(secondsAfter(askedAt, 300), 'present', 'home-unit')],
      [answer(secondsAfter(askedAt, seconds(EXPIRE_SECONDS, 7_200, seed)))],
    ][Math.floor(4 * chance(seed, 1))] ?? [],
  truth: [found('check-expired', secondsAfter(askedAt, EXPIRE_SECONDS))],
});

const failed: Fate = (askedAt, seed) => ({
  did: [
    answer(secondsAfter(askedAt, seconds(10, 900, seed)), 'failed', 'face'),
    answer(secondsAfter(askedAt, seconds(901, 1_790, seed)), 'failed', 'face'),
  ],
  truth: [found('check-failed', secondsAfter(askedAt, EXPIRE_SECONDS))],
});

const byTime = (a: MadeEvent, b: MadeEvent): number =>
  Date.parse(a.recordedAt) - Date.parse(b.recordedAt);

const checksDay = (seed: number, fates: readonly Fate[]): MadeDay => {
  const checks = ASKED_AT.map((askedAt, i) => {
    const fate = fates[Math.floor(fates.length * chance(seed, i, 7))] ?? inTime;
    return fate(askedAt, 1_000 * seed + 10 * i);
  });
  const did = checks.flatMap(({ did: events }) => events);
  return {
    ...{ rule: 'check-missed', startsAt: STARTS_AT, endsAt: ENDS_AT },
    order: {
      conditions: [
        {
          ...{ conditionId: 'checks', kind: 'check-in', methods: ['phone', 'face'] },
          times: { kind: 'fixed', days: ['mon'], times: ['09:00', '13:00', '17:00', '21:00'] },
        },
      ],
    },
    events: [FIRST_HEARD, ...did].sort(byTime),
    truth: checks.flatMap(({ truth }) => truth),
  };
};

/** Four checks, each answered in time, late, too late, not at all or without passing. */
export const missesChecks = (seed: number): MadeDay =>
  checksDay(seed, [inTime, late, expired, failed]);

/** Four checks, each passed in time, if only just. */
export const passesChecks = (seed: number): MadeDay => checksDay(seed, [inTime, barely, twice]);
