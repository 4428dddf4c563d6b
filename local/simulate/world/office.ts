import type { Dice } from '../engine/dice.ts';
import { drawNamed, drawOutside, type Outsider } from './liaisons.ts';

/** How somebody behaves who is paged. */
export type Temper = Readonly<{
  personId: string;
  /** How often a page that reaches them is acknowledged, and how often what they took is closed. */
  acknowledges: number;
  closes: number;
  mostSecondsToReact: number;
}>;

/** A request that puts a document on record, or answers for what is there. */
export type PutRequest = Readonly<{
  method?: 'PUT' | 'POST';
  route: string;
  path: Readonly<Record<string, string>>;
  body: object;
}>;

/** An agency as small as it can be and still have everybody in it. */
export type Office = Readonly<{
  tempers: readonly Temper[];
  wearerIds: readonly string[];
  /** Those whose device sends events; of the others violations come as evaluation writes them. */
  liveIds: readonly string[];
  rotaIds: readonly string[];
  policyIds: readonly string[];
  /** Who is told outside, and may answer. */
  outsiders: readonly Outsider[];
  puts: readonly PutRequest[];
}>;

const HOUR = 3_600_000;
const ZONES = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe'] as const;
const DELAYS = [60, 120, 300, 600, 900, 1_800, 3_600] as const;

const mobileOf = (nth: number): string => `+4477009000${String(nth).padStart(2, '0')}`;

/** The office has called somebody, and answers for the contact. */
const attested = (personId: string, channel: string): PutRequest => ({
  method: 'POST',
  route: '/v1/people/{personId}/contacts/{channel}/verify',
  path: { personId, channel },
  body: { attestedBy: personId, reason: 'called' },
});

const drawQuietHours = (dice: Dice): object | null => {
  if (dice.happens(0.75)) return null;
  const hour = () => `${String(dice.below(24)).padStart(2, '0')}:00`;
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return { timeZone: dice.pick(ZONES), windows: [{ days, start: hour(), end: hour() }] };
};

/** Their own rules: called after a while, or only where nothing else is left; most have none. */
const drawTellBy = (dice: Dice): object => {
  if (dice.happens(0.6)) return {};
  const first = dice.pick(['sms', 'email'] as const);
  const voice = { channel: 'voice', afterSeconds: dice.pick([0, 120, 300, null]) };
  return { tellBy: [{ channel: first, afterSeconds: 0 }, voice] };
};

const PERSON = '/v1/people/{personId}';

const drawPerson = (dice: Dice, nth: number): PutRequest[] => {
  const hasMobile = dice.happens(0.8);
  const hasEmail = !hasMobile || dice.happens(0.4);
  const personId = `p-${nth}`;
  const body = {
    name: `Person ${nth}`,
    role: 'officer',
    mobile: hasMobile ? mobileOf(nth) : null,
    email: hasEmail ? `p${nth}@example.org` : null,
    quietHours: drawQuietHours(dice.named('quiet hours')),
    ...(hasMobile ? drawTellBy(dice.named('tell by')) : {}),
  };
  return [
    { route: PERSON, path: { personId }, body },
    ...(hasMobile ? [attested(personId, 'sms')] : []),
    ...(hasEmail ? [attested(personId, 'email')] : []),
  ];
};

/** Somebody has another number or address, which nobody has verified yet, or other hours. */
export const drawChangedPerson = (dice: Dice, nth: number): PutRequest => {
  const body = {
    ...{ name: `Person ${nth}`, role: 'officer' },
    mobile: mobileOf(dice.happens(0.5) ? nth : nth + 50),
    email: dice.happens(0.5) ? `p${nth}@example.org` : null,
    quietHours: drawQuietHours(dice),
    ...drawTellBy(dice),
  };
  return { route: PERSON, path: { personId: `p-${nth}` }, body };
};

/** Turns of a day, by the clock of some zone; none where shifts are all there is. */
const drawTurns = (dice: Dice, { personIds }: RotaSpan): object => {
  if (dice.happens(0.5)) return {};
  const time = `${String(dice.below(24)).padStart(2, '0')}:${dice.pick(['00', '15', '30'])}`;
  const rotation = { kind: 'daily', handOver: { time }, startsOn: '2025-12-01' };
  const people = Array.from({ length: dice.between(1, 3) }, () => dice.pick(personIds));
  const layer = { layerId: 'turns', name: 'Turns', people, rotation };
  return { timeZone: dice.pick(ZONES), layers: [layer] };
};

/** Shifts of some hours each, with pauses between them that turns or `otherwise` cover. */
export const drawRota = (dice: Dice, rotaId: string, of: RotaSpan): PutRequest => {
  const shifts: object[] = [];
  let at = of.startAt - dice.below(6 * HOUR);
  for (let left = dice.between(0, 5); left > 0; left -= 1) {
    const endsAt = at + dice.between(1, 8) * (HOUR / 2);
    const [startsAt, until] = [new Date(at).toISOString(), new Date(endsAt).toISOString()];
    shifts.push({ personId: dice.pick(of.personIds), startsAt, endsAt: until });
    at = endsAt + (dice.happens(0.3) ? dice.below(2 * HOUR) : 0);
  }
  const turns = drawTurns(dice.named('turns'), of);
  const body = { name: rotaId, shifts, ...turns, otherwise: dice.pick(of.personIds) };
  return { route: '/v1/rotas/{rotaId}', path: { rotaId }, body };
};
export type RotaSpan = Readonly<{ startAt: number; personIds: readonly string[] }>;

type Known = Readonly<{ personIds: readonly string[]; rotaIds: readonly string[] }>;

const drawTarget = (dice: Dice, { personIds, rotaIds }: Known): object => {
  const kinds = [
    ...['responsible-officer', 'person', 'police', 'victim-liaison'],
    ...rotaIds.map(() => 'rota'),
  ];
  const kind = dice.pick(kinds);
  if (kind === 'person') return { kind, personId: dice.pick(personIds) };
  return kind === 'rota' ? { kind, rotaId: dice.pick(rotaIds) } : { kind };
};

export const drawPolicy = (dice: Dice, policyId: string, known: Known): PutRequest => {
  const step = (_: unknown, nth: number) => ({
    delaySeconds: nth === 0 && dice.happens(0.4) ? 0 : dice.pick(DELAYS),
    targets: Array.from({ length: dice.between(0, 2) }, () => drawTarget(dice, known)),
  });
  const body = {
    name: policyId,
    steps: Array.from({ length: dice.between(1, 3) }, step),
    repeat: dice.between(0, 2),
    lastResort: {
      personIds: [dice.pick(known.personIds)],
      everySeconds: dice.pick([900, 1_800, 3_600, 7_200]),
    },
    acknowledgementSeconds: dice.pick([600, 1_800, 7_200, 14_400]),
  };
  return { route: '/v1/policies/{policyId}', path: { policyId }, body };
};

const drawWearer = (dice: Dice, wearerId: string, office: Whole) => {
  const order = {
    type: 'community',
    legalBasis: 'Sentencing Act 2020',
    startsAt: '2025-12-01T00:00:00Z',
    timeZone: dice.pick(ZONES),
    riskLevel: dice.pick(['standard', 'very-high']),
    policeForce: dice.happens(0.5) ? 'met' : null,
    policeKinds: ['device-care'],
    liaisons: drawNamed(dice.named(`named ${wearerId}`), office.outsiders),
    responsibleOfficer: dice.pick(office.personIds),
    policyId: dice.pick(office.policyIds),
    conditions: [],
    earlySigns: null,
    ...(office.liveIds.includes(wearerId) ? {} : { deviceCare: null }),
  };
  const activation = {
    headEndId: 'head-end',
    deviceSerial: `T-${wearerId}`,
    startsAt: '2025-12-01T00:00:00Z',
  };
  return [
    { route: '/v1/wearers/{wearerId}', path: { wearerId }, body: { name: `Wearer ${wearerId}` } },
    {
      route: '/v1/wearers/{wearerId}/activations/{activationId}',
      path: { wearerId, activationId: `a-${wearerId}` },
      body: activation,
    },
    {
      route: '/v1/wearers/{wearerId}/orders/{orderId}',
      path: { wearerId, orderId: 'o-1' },
      body: order,
    },
  ];
};

type Whole = Known &
  Readonly<{
    policyIds: readonly string[];
    liveIds: readonly string[];
    outsiders: readonly Outsider[];
  }>;

const named = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i + 1}`);

export const drawOffice = (dice: Dice, startAt: number): Office => {
  const personIds = named('p', dice.between(2, 5));
  const rotaIds = named('r', dice.between(0, 2));
  const policyIds = named('policy', dice.between(1, 2));
  const wearerIds = named('w', dice.pick([1, 1, 1, 2, 2, 3, 4]));
  const liveIds = dice.happens(0.2) ? wearerIds.slice(0, 1) : [];
  const { outsiders, puts: outside } = drawOutside(dice.named('outside'), policyIds);
  const known = { personIds, rotaIds, policyIds, liveIds, outsiders };
  return {
    wearerIds,
    liveIds,
    rotaIds,
    policyIds,
    outsiders,
    tempers: personIds.map((personId) => ({
      personId,
      acknowledges: dice.pick([0, 0.1, 0.3, 0.7]),
      closes: dice.pick([0, 0.3, 0.8]),
      mostSecondsToReact: dice.pick([20, 60, 600, 3_600]),
    })),
    puts: [
      ...personIds.flatMap((_, i) => drawPerson(dice, i + 1)),
      ...rotaIds.map((rotaId) => drawRota(dice, rotaId, { startAt, personIds })),
      ...policyIds.map((policyId) => drawPolicy(dice, policyId, known)),
      ...outside,
      ...wearerIds.flatMap((wearerId) => drawWearer(dice, wearerId, known)),
    ],
  };
};
