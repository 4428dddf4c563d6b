import type {
  OrderBody,
  PersonBody,
  PolicyBody,
  TimetableBody,
  ZoneBody,
} from '#local/worlds/world.ts';
import { CURFEW } from './day.ts';
import type { HiddenKind } from './hidden.ts';
import { hasCurfew, hasZone, positionAt, type Wearer } from './wearer.ts';

export const HEAD_END_ID = 'load';

/** Orders, activations and everything else are in force from here on. */
export const IN_FORCE_FROM = '2026-01-01T00:00:00Z';

/** A number that is set aside for fiction: Ofcom's +44 7700 900xxx. */
export const OFFICER: PersonBody = {
  personId: 'officer',
  name: 'Officer',
  role: 'officer',
  mobile: '+447700900001',
};

/** The officer, once: a second page within a run is one too many. */
export const POLICY: PolicyBody = {
  policyId: 'once',
  name: 'Officer, once',
  steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
  lastResort: { personIds: ['officer'], everySeconds: 86_400 },
};

const timetableIdOf = (aheadMinutes: number): string => `night-${aheadMinutes}`;

const DAY_MINUTES = 1_440;

/** A time of a day that runs ahead of UTC, on UTC's clock: `19:00` an hour ahead is `18:00`. */
const aheadBy = (aheadMinutes: number, time: string): string => {
  const own = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const minutes = (own - aheadMinutes + DAY_MINUTES) % DAY_MINUTES;
  const padded = (value: number): string => String(value).padStart(2, '0');
  return `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`;
};

/** The nights of wearers whose day runs so many minutes ahead of UTC. */
export const timetableOf = (aheadMinutes: number): TimetableBody => ({
  timetableId: timetableIdOf(aheadMinutes),
  name: `Nights, ${aheadMinutes} minutes ahead`,
  timeZone: 'Etc/UTC',
  windows: [
    {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      start: aheadBy(aheadMinutes, CURFEW.start),
      end: aheadBy(aheadMinutes, CURFEW.end),
    },
  ],
});

const zoneIdOf = ({ wearerId }: Wearer): string => `zone-${wearerId}`;

export const zoneOf = (wearer: Wearer): ZoneBody => ({
  zoneId: zoneIdOf(wearer),
  name: 'Zone',
  kind: 'exclusion',
  shape: {
    type: 'Circle',
    centre: positionAt(wearer, wearer.zone),
    radiusMetres: wearer.zoneRadiusMetres,
  },
});

const conditionsOf = (wearer: Wearer, hidden: HiddenKind | undefined): OrderBody['conditions'] => [
  ...(hasCurfew(wearer)
    ? [
        {
          conditionId: 'curfew',
          kind: 'curfew' as const,
          timetableId: timetableIdOf(wearer.aheadMinutes),
          place: { label: 'home', ...wearer.home },
          graceSeconds: hidden === 'curfew-departure' ? 0 : 300,
        },
      ]
    : []),
  ...(hasZone(wearer)
    ? [{ conditionId: 'zone', kind: 'exclusion-zone' as const, zoneId: zoneIdOf(wearer) }]
    : []),
];

export const orderOf = (wearer: Wearer, hidden: HiddenKind | undefined): OrderBody => ({
  orderId: 'order',
  type: 'community',
  legalBasis: 'Sentencing Act 2020',
  startsAt: IN_FORCE_FROM,
  timeZone: 'Europe/London',
  responsibleOfficer: 'officer',
  policyId: POLICY.policyId,
  // Orders here began long before anything is heard, which would be told of every device at once.
  deviceCare: null,
  conditions: conditionsOf(wearer, hidden),
});
