import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENCY_KINDS, agencyKindSchema } from '#domain/exchange/agency-line.ts';
import { toIso } from '#domain/model/instant.ts';
import { routes } from '#lib/routes.ts';
import { readAgencyLines } from '#local/history/agency-file.ts';
import { linesOf, orderedWorld, WHY, type World } from '#test/functions/api/history-world.ts';
import { minute, openOffice } from '#test/journeys/office.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

const ago = (minutes: number): string => toIso(minute(-60 - minutes));

/** What an agency puts beside its wearers, and why it does not go along. */
const STAYS: Readonly<Record<string, string>> = {
  '/v1/pauses/{pauseId}': 'holds alerts of this system for days at most',
  '/v1/reports/{reportId}': 'a file, with its own code: whoever asked for it has it',
  '/v1/liaisons/{liaisonId}/tests/{testId}': 'was about the way to a liaison, and is over',
};

/** What is put of a wearer and is no version of a document, and how it goes along. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'reports/{reportId}': 'a file, with its own code: whoever asked for it has it',
  'imports/{importId}/{group}/{sheet}': 'goes as it came, as an import',
};

const BY = { by: 'officer' };

/** A document of each kind that is put of a wearer, and what it is called in their history. */
const OF_WEARER: Readonly<Record<string, Readonly<{ of: string; body?: object }>>> = {
  '': { of: 'subject' },
  'activations/{activationId}': { of: 'device' },
  'orders/{orderId}': { of: 'order' },
  'permissions/{permissionId}': {
    of: 'lifted',
    body: { from: ago(60), until: ago(30), reason: 'medical', grantedBy: 'officer' },
  },
  'visits/{visitId}': {
    of: 'home_visit',
    body: { personId: 'officer', from: ago(60), until: ago(30) },
  },
  'concerns/{concernId}': {
    of: 'welfare',
    body: { personId: 'officer', orderId: 'o-1', saying: 'seemed low' },
  },
  'decisions/{decisionId}': {
    of: 'wearer_decision',
    body: {
      ...{ ...BY, kind: 'referral', orderId: 'o-1', reason: 'asked for it' },
      service: 'debt advice',
    },
  },
  'holds/{holdId}': { of: 'retention_hold', body: { ...BY, reason: 'a claim' } },
  'levels/{levelId}': {
    of: 'supervision_level',
    body: { ...BY, level: 'enhanced', from: ago(30), reason: 'late twice' },
  },
  assessment: {
    of: 'risk_assessment',
    body: {
      ...{ ...BY, level: 'low', assessedAt: ago(30), reasons: ['settled'] },
      reviewDueAt: ago(-600),
    },
  },
  'notes/{noteId}': {
    of: 'written_note',
    body: { ...BY, kind: 'call', happenedAt: ago(30), text: 'all is well' },
  },
  'parole-reports/{reportId}': {
    of: 'parole_report',
    body: { ...BY, hearingAt: ago(-600), sections: { assessment: { ...BY, text: 'settled' } } },
  },
  plan: {
    of: 'plan',
    body: { ...BY, agreedAt: ago(30), goals: [{ goalId: 'g', kind: 'housing', aim: 'a flat' }] },
  },
};

const puts = routes.filter(({ method }) => method === 'PUT').map(({ path }) => path);
const WEARER = '/v1/wearers/{wearerId}';
const isOfWearer = (path: string): boolean => path === WEARER || path.startsWith(`${WEARER}/`);
const belowWearer = (path: string): string => path.slice(WEARER.length + 1);

let world: World;
let office: Pipeline;
beforeAll(async () => {
  world = await orderedWorld();
  office = await openOffice();
});
afterAll(() => office.stop());
const idsIn = (path: string): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'one']));

describe('every kind of document of an agency', () => {
  it('goes along when the agency is moved, or it is said why it stays', () => {
    const moved = Object.values(AGENCY_KINDS).map((pathOf) => pathOf('{}'));
    const own = puts.filter((path) => !isOfWearer(path));
    const forgotten = own.filter(
      (path) => !moved.includes(path.replace(/\{\w+\}/, '{}')) && !(path in STAYS),
    );
    expect(forgotten).toEqual([]);
    expect(Object.keys(STAYS).filter((path) => !own.some((one) => one === path))).toEqual([]);
  });

  it('is on the list that goes: also what people go by in their casework', async () => {
    const casework = {
      ...{ holidaysId: 'england', clocks: { actionWorkingDays: 7 } },
      proposals: { lateReturns: 2 },
    };
    const body = { legalBasis: 'Policy 8', thresholds: {}, casework };
    const path = { thresholdPolicyId: 'clocks' };
    await world.ask('PUT /v1/threshold-policies/{thresholdPolicyId}', { path, body });
    let text = '';
    let after: string | null = '';
    while (after !== null) {
      const query: Record<string, string> = { ...WHY, ...(after === '' ? {} : { after }) };
      const answer = await world.ask('GET /v1/agency-transfer', { query });
      expect(answer.statusCode).toBe(200);
      text += answer.body;
      const next = /<([^>]+)>/.exec(answer.headers.link ?? '')?.[1] ?? null;
      after = next === null ? null : new URL(next, 'http://api').searchParams.get('after');
    }
    const lines = readAgencyLines(text).filter((line) => line.kind === 'document');
    const sent = lines.find(({ of, id }) => of === 'THRESHOLDS' && id === 'clocks');
    expect(sent?.document).toMatchObject({ casework });
    const kinds = new Set(lines.map(({ of }) => of));
    const listed = world
      .itemsOf('monitoring')
      .filter(({ entity }) => entity?.S === 'LISTED-DOCUMENT')
      .map(({ sk }) => agencyKindSchema.parse(sk?.S?.split('#')[0]));
    expect(kinds).toEqual(new Set(listed));
  });
});

describe('every kind of document of a wearer', () => {
  it('is in the history that goes, or it is said how it goes otherwise', async () => {
    const own = puts.filter(isOfWearer).map(belowWearer);
    expect(own.toSorted()).toEqual(
      [...Object.keys(OF_WEARER), ...Object.keys(OTHERWISE)].toSorted(),
    );
    for (const [below, { body }] of Object.entries(OF_WEARER)) {
      const path = `${WEARER}/${below}`;
      if (body === undefined) continue;
      const asked = { who: ADMINISTRATOR, path: { ...idsIn(path), wearerId: 'w-1' }, body };
      expect([below, (await office.ask(`PUT ${path}`, asked)).statusCode]).toEqual([below, 201]);
    }
    const query = { ...WHY, group: 'demographics' };
    const path = { wearerId: 'w-1' };
    const asked = { who: ADMINISTRATOR, path, query };
    const answer = await office.ask(`GET ${WEARER}/record-transfer`, asked);
    const moved = linesOf(answer.body).map((line) =>
      'of' in line ? line.of : 'kind' in line && line.kind,
    );
    const wanted = Object.values(OF_WEARER).map(({ of }) => of);
    expect(wanted.filter((of) => !moved.includes(of))).toEqual([]);
  });
});
