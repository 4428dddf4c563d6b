import { position } from '#domain/geo/position.ts';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { between } from '../chance.ts';
import type { MadeDay } from './made-day.ts';
import { fixesAlong } from './movement.ts';

const HOME = position(51.5, -0.1);
const STARTS_AT = instant(Date.parse('2026-06-01T14:00:00Z'));
const ENDS_AT = secondsAfter(STARTS_AT, 6 * 3600);
/** Five in the afternoon, as clocks in London show it. */
const REMINDED_AT = secondsAfter(STARTS_AT, 2 * 3600);
/** At some hour of the next day. */
const appointmentOf = (seed: number) => {
  const startAt = secondsAfter(STARTS_AT, 3600 * Math.round(between(18, 26, seed, 1)));
  return { from: toIso(startAt), until: toIso(secondsAfter(startAt, 3600)) };
};

const afternoon = (seed: number, more: Pick<MadeDay, 'truth' | 'permissions'>): MadeDay => ({
  ...{ rule: 'appointment-reminder', startsAt: STARTS_AT, endsAt: ENDS_AT, ...more },
  order: {
    conditions: [
      {
        ...{ conditionId: 'office', kind: 'mandatory-attendance', purpose: 'supervision' },
        place: { label: 'probation office', ...HOME },
        appointments: [appointmentOf(seed)],
      },
    ],
  },
  events: fixesAlong({
    ...{ seed, origin: HOME, way: [{ at: STARTS_AT, spot: { east: 900, north: 0 } }] },
    ...{ from: STARTS_AT, until: ENDS_AT, everySeconds: 600, accuracyMetres: 8 },
  }),
});

/** An afternoon before an appointment: its wearer is reminded at five. */
export const isReminded = (seed: number): MadeDay =>
  afternoon(seed, {
    truth: [
      {
        ...{ conditionId: 'office', reasons: ['appointment-ahead'] },
        ...{ beganAt: REMINDED_AT, withinSeconds: 1 },
      },
    ],
  });

/** The same, and they have been let off it: there is nothing to remind them of. */
export const needsNoReminder = (seed: number): MadeDay =>
  afternoon(seed, {
    truth: [],
    permissions: [
      {
        ...{ permissionId: 'leave', reason: 'medical', grantedBy: 'officer' },
        ...appointmentOf(seed),
      },
    ],
  });
