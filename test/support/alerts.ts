import type { AlertCommand, Opening } from '#domain/escalate/alert-commands.ts';
import type { Contact, ContactChannel, Roster } from '#domain/escalate/roster.ts';
import { type AlertFacts, alertFactsSchema } from '#domain/model/alert.ts';
import { liaisonIdSchema, personIdSchema, violationIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { type Policy, policySchema } from '#domain/model/person.ts';
import { type Rota, rotaSchema } from '#domain/model/rota.ts';
import { type Violation, violationSchema } from '#domain/model/violation.ts';
import { at } from './supervisions.ts';

/** The instant at which the alerts of tests open. */
export const T = at('2026-03-02T20:00:00Z');
export const later = (seconds: number): Instant => secondsAfter(T, seconds);

export const person = (id: string) => personIdSchema.parse(id);
export const OFFICER = person('officer');
export const ON_CALL = person('on-call');
export const MANAGER = person('manager');
export const FORCE = liaisonIdSchema.parse('met');

type Fields = Readonly<Record<string, unknown>>;

/** Somebody out of their curfew address since ten minutes before T. */
export const violation = (fields: Fields = {}): Violation =>
  violationSchema.parse({
    violationId: violationIdSchema.parse('w-1.curfew.abc'),
    wearerId: 'w-1',
    orderId: 'o-1',
    orderVersion: 1,
    conditionId: 'curfew',
    conditionKind: 'curfew',
    rule: 'curfew-absence',
    revision: 1,
    status: 'open',
    reason: 'left-during',
    openedAt: later(-600),
    endedAt: null,
    endReason: null,
    detectedAt: T,
    certainty: 0.97,
    competing: { hypothesis: 'home', probability: 0.03 },
    distanceMetres: 420.4,
    isOldNews: false,
    evidence: [
      {
        kind: 'fix',
        recordedAt: later(-60),
        lat: 51.50412,
        lon: -0.10077,
        accuracyMetres: 9,
        source: 'gnss',
      },
    ],
    ...fields,
  });

export const facts = (fields: Fields = {}): AlertFacts =>
  alertFactsSchema.parse({
    wearerName: 'Jo Bloggs',
    zoneName: null,
    placeLabel: '12 Acacia Road',
    timeZone: 'Europe/London',
    legalBasis: 'Sentencing Act 2020, Sch. 9',
    violation: violation(),
    ...fields,
  });

/** The officer at once, whoever is on call after five minutes, the police after ten. */
export const policy = (fields: Fields = {}): Policy =>
  policySchema.parse({
    policyId: 'usual',
    name: 'Usual',
    steps: [
      { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
      { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'duty' }] },
      { delaySeconds: 300, targets: [{ kind: 'police' }] },
    ],
    repeat: 1,
    lastResort: { personIds: ['manager'], everySeconds: 900 },
    acknowledgementSeconds: 14_400,
    ...fields,
  });

export const opening = (fields: Partial<Opening> = {}): Opening => ({
  severity: 'moderate',
  isReviewed: false,
  policy: policy(),
  policyVersion: 1,
  facts: facts(),
  ...fields,
});

type ContactFields = Partial<Contact> &
  Readonly<{ mobile?: string | null; topicArn?: string | null }>;

export const contact = (
  id: string,
  { mobile = '+447700900001', topicArn = null, ...fields }: ContactFields = {},
): Contact => {
  const personId = person(id);
  const sms: ContactChannel[] =
    mobile === null ? [] : [{ recipient: { channel: 'sms', personId, mobile }, afterSeconds: 0 }];
  const email: ContactChannel[] =
    topicArn === null
      ? []
      : [{ recipient: { channel: 'email', personId, topicArn }, afterSeconds: 0 }];
  return { personId, channels: [...sms, ...email], unusable: [], quietHours: null, ...fields };
};

export const dutyRota = (fields: Fields = {}): Rota =>
  rotaSchema.parse({ rotaId: 'duty', name: 'Duty', otherwise: 'on-call', ...fields });

export const roster = (fields: Partial<Roster> = {}): Roster => ({
  responsibleOfficer: OFFICER,
  contacts: [contact('officer'), contact('on-call'), contact('manager')],
  rotas: [dutyRota()],
  holidays: new Map(),
  liaisons: [{ liaisonId: FORCE, kind: 'police', whyNot: null }],
  ...fields,
});

export const sms = (id: string) =>
  ({ channel: 'sms', personId: person(id), mobile: '+447700900001' }) as const;
export const police = { channel: 'liaison', liaisonId: FORCE, kind: 'police' } as const;

/** The violation as it first comes to escalation. */
export const violationOpens = (
  fields: Fields = {},
  opens: Partial<Opening> = {},
): Extract<AlertCommand, { type: 'violation-changed' }> => {
  const changed = violation(fields);
  const told = opens.facts ?? facts({ violation: changed });
  return {
    type: 'violation-changed',
    violation: changed,
    opening: opening({ ...opens, facts: told }),
  };
};
/** The violation with a later revision. */
export const violationChanges = (fields: Fields = {}, opens: Partial<Opening> = {}) =>
  violationOpens({ revision: 2, ...fields }, opens);
export const tick = (epoch: number): AlertCommand => ({ type: 'tick', epoch });
export const acknowledge = (id: string): AlertCommand => ({ type: 'acknowledge', by: person(id) });
export const close = (id: string, epoch: number): AlertCommand => ({
  type: 'close',
  by: person(id),
  epoch,
  disposition: 'no-action-explained',
  reason: 'seen at home',
});
