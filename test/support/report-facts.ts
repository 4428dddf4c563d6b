import { compileTimeline, type SupervisionHistory } from '#domain/evaluate/supervision-history.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type Permission, permissionSchema } from '#domain/model/permission.ts';
import { type Violation, violationSchema } from '#domain/model/violation.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { type AskedReport, askedReportSchema, passedOf } from '#domain/report/asked-report.ts';
import { countTrail } from '#domain/report/trail-digest.ts';
import { sketchTrail } from '#domain/report/trail-sketch.ts';
import { watchOf } from '#domain/report/watch-then.ts';
import type { Found, WearerFacts } from '#domain/report/wearer-facts.ts';
import { NOTHING_STANDING, orderWith } from './orders.ts';
import { at, daily, HOME, SHAPES, WEARER } from './supervisions.ts';

const put = {
  version: 1,
  changedAt: at('2026-01-01T00:00:00Z'),
  inForceAt: at('2026-01-01T00:00:00Z'),
};

/** The device of everybody in tests of reports. */
export const WORN = activationSchema.parse({
  ...{ activationId: 'a-1', wearerId: 'w-1', headEndId: 'head-end', deviceSerial: 'T-1' },
  ...{ startsAt: at('2026-01-01T00:00:00Z'), endsAt: null },
});

type Given = Readonly<{
  conditions?: readonly object[];
  permissions?: readonly Permission[];
  activations?: SupervisionHistory['activations'];
}>;

const CONDITIONS = [
  { conditionId: 'curfew', kind: 'curfew', timetableId: 'night', place: HOME },
  { conditionId: 'school', kind: 'exclusion-zone', zoneId: 'school', bufferMetres: 100 },
];

/** One order with a curfew and a school, as it is on record. */
export const historyWith = ({
  conditions = CONDITIONS,
  permissions = [],
  activations = [WORN],
}: Given = {}): SupervisionHistory => ({
  wearer: WEARER,
  orders: [[{ ...put, value: orderWith({ ...NOTHING_STANDING, conditions }) }]],
  zones: new Map([...SHAPES.zones].map(([id, zone]) => [id, [{ ...zone, ...put }]])),
  timetables: new Map(
    [daily('night', '19:00', '07:00')].map(([id, one]) => [id, [{ ...one, ...put }]]),
  ),
  activations,
  permissions: permissions.map((value) => ({ version: 1, value })),
});

/** Somebody asked for a report of a period, a day after its end unless said otherwise. */
export const asking = (from: string, until: string, more: object = {}): AskedReport =>
  askedReportSchema.parse({
    ...{ agencyId: 'demo', reportId: 'r-1', kind: 'breach-pack', wearerId: 'w-1' },
    period: { fromAt: at(from), untilAt: at(until) },
    ...{ by: 'officer', why: 'for the hearing', askedAt: secondsAfter(at(until), 86_400) },
    ...more,
  });

/** A violation of a curfew, or whatever is said. */
export const violationAt = (openedAt: Instant, more: object = {}): Violation => {
  const conditionId = 'conditionId' in more ? String(more.conditionId) : 'curfew';
  return violationSchema.parse({
    violationId: `w-1.${conditionId}.${openedAt.toString(36)}`,
    ...{ wearerId: 'w-1', orderId: 'o-1', orderVersion: 1, conditionId, conditionKind: 'curfew' },
    ...{ rule: 'curfew-absence', revision: 3, status: 'open', reason: 'out-at-start' },
    ...{ openedAt, endedAt: null, endReason: null, detectedAt: secondsAfter(openedAt, 310) },
    ...{ certainty: 0.97, competing: { hypothesis: 'home', probability: 0.02 } },
    ...{ distanceMetres: 800, isLate: false, isOldNews: false, evidence: [] },
    ...more,
  });
};

export const permissionWith = (more: object): Permission =>
  permissionSchema.parse({ permissionId: 'p-1', reason: 'medical', grantedBy: 'officer', ...more });

type Told = Given &
  Readonly<{
    asked: AskedReport;
    violations?: readonly Violation[];
    trail?: readonly DeviceEvent[];
    found?: Partial<Found>;
    more?: Partial<WearerFacts>;
  }>;

/** Everything that a report is made of, from what was found and the trail. */
export const factsWith = ({
  asked,
  violations = [],
  trail = [],
  found = {},
  more = {},
  ...given
}: Told): WearerFacts => {
  const history = historyWith(given);
  const timeline = compileTimeline(history, asked.period.fromAt);
  const counter = countTrail(passedOf(asked), {
    timeZone: 'Europe/London',
    activations: history.activations,
  });
  for (const event of trail) counter.add(event);
  return {
    ...{
      asked,
      wearerName: 'Joe Bloggs',
      timeZone: 'Europe/London',
      history,
      timeline,
      pairTimelines: [],
    },
    found: violations.map((violation): Found => {
      const looked = {
        window: {
          fromAt: secondsAfter(violation.openedAt, -1800),
          untilAt: secondsAfter(violation.endedAt ?? asked.period.untilAt, 1800),
        },
        question: watchOf([timeline], violation)?.question ?? null,
        wantedAt: new Set(violation.evidence.map(({ recordedAt }) => recordedAt)),
      };
      const sketch = sketchTrail(looked);
      for (const event of trail) sketch.add(event);
      return {
        violation,
        entries: [],
        isTold: false,
        history: [],
        pages: [],
        sketch: sketch.end(),
        ...found,
      };
    }),
    ...{
      said: [],
      trail: counter.end(),
      setAside: 0,
      unevaluated: [],
      erased: [],
      sealing: null,
      inputs: [],
    },
    custody: history.activations.map((newest) => ({
      newest,
      versions: [{ ...put, value: newest }],
      elsewhere: [],
    })),
    people: [],
    ...more,
  };
};
