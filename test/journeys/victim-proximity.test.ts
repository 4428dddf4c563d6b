import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR, LIAISON } from '#test/support/http.ts';
import { asked } from './desk.ts';
import { closeOffice } from './messages.ts';
import { CURFEW, MET, OFFICER, ON_CALL, openOffice, send } from './office.ts';

/** Where the protected person stays: digits that stand nowhere else. */
const HIDING = { lat: 51.477_713, lon: -0.222_931 };
const DIGITS = ['51.477713', '51.4777', '0.222931', '0.22293'];
const NAME = 'Rosalind Unnamed';

const noon = secondsAfter(CURFEW, -3_600 + 120);
const minute = (n: number): Instant => secondsAfter(noon, 60 * n);

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
  const puts: readonly (readonly [string, Readonly<Record<string, string>>, object])[] = [
    ['', { wearerId: 'p-1' }, { kind: 'protected-person', name: NAME }],
    [
      '/activations/{activationId}',
      { wearerId: 'p-1', activationId: 'a-p' },
      { headEndId: 'head-end', deviceSerial: 'T-2', startsAt: '2026-01-01T00:00:00Z' },
    ],
    [
      '/orders/{orderId}',
      { wearerId: 'w-1', orderId: 'o-2' },
      {
        ...{ type: 'bail', legalBasis: 'Bail Act 1976', startsAt: '2026-01-01T00:00:00Z' },
        ...{ timeZone: 'Europe/London', responsibleOfficer: 'officer', policyId: 'usual' },
        ...{ policeForce: 'met', policeKinds: ['victim-proximity'] },
        liaisons: [{ liaisonId: 'crown' }, { liaisonId: 'victims' }],
        ...{ deviceCare: null, earlySigns: null },
        conditions: [
          { conditionId: 'keep-away', kind: 'victim-proximity', protectedPersonId: 'p-1' },
        ],
      },
    ],
  ];
  for (const [liaisonId, kind] of [
    ['crown', 'court'],
    ['victims', 'victim-liaison'],
  ] as const) {
    const asked = { who: ADMINISTRATOR, path: { liaisonId }, body: { ...MET, kind } };
    await office.ask('PUT /v1/liaisons/{liaisonId}', asked);
  }
  for (const [route, path, body] of puts) {
    const asked = { who: ADMINISTRATOR, path, body };
    const response = await office.ask(`PUT /v1/wearers/{wearerId}${route}`, asked);
    expect(response).toMatchObject({ statusCode: 201 });
  }
});
afterEach(() => closeOffice(office));

const theirs = (at: Instant): DeviceEvent => fix(at, HIDING, { activationId: 'a-p' });
/** So many metres north of the protected person, and a little aside: no digit is the same. */
const wearers = (at: Instant, metres: number): DeviceEvent =>
  fix(at, { lat: HIDING.lat + metres / 111_250, lon: HIDING.lon + 0.003 });

/** Who was the first to be told of each alert. */
const firstPages = (): string[] =>
  office
    .itemsOf('monitoring')
    .filter(({ entity, kind }) => entity?.S === 'OUTBOX' && kind?.S === 'page')
    .map(({ body }) => JSON.parse(body?.S ?? ''))
    .filter(({ sequence }) => sequence === 1)
    .map(({ recipient }) => recipient.liaisonId ?? recipient.channel);

/** Both report each minute; how far apart they are is told for each. */
const live = async (metres: readonly number[]): Promise<void> => {
  for (const [n, apart] of metres.entries()) {
    await office.advanceTo(minute(n));
    await send(office, theirs(minute(n)));
    await send(office, wearers(minute(n), apart));
  }
};

const COMING = [4_000, 3_000, 2_000, 1_500, 900, 800, 700, 400, 350, 300, 300, 300];

describe('when a wearer comes near a protected person', () => {
  it('pages of the approach first, and of the meeting then, with the distance', async () => {
    await live(COMING);
    const sent = office.takeSent();
    const pages = sent.filter(({ to }) => to !== 'arn:police');
    expect(pages.map(({ to }) => to)).toEqual([OFFICER, OFFICER, ON_CALL]);
    expect(pages[0]?.text).toContain('approaching the protected person: ');
    expect(pages[1]?.text).toContain('URGENT, HIGH RISK');
    expect(pages[1]?.text).toMatch(/near the protected person: \d+ m from the protected person/);
  });

  it('tells the victim liaison first, the police with the officer, and no court', async () => {
    await live(COMING);
    const told = office.takeSent().map(({ to, text }) => {
      return to === 'arn:police' ? String(JSON.parse(text).data.properties.recipient) : to;
    });
    // The approach first, of which the police hear only when the policy says; then the meeting.
    expect(told.slice(0, 2).sort()).toEqual([OFFICER, 'victims']);
    const meeting = told.slice(2).filter((to) => to !== ON_CALL);
    expect(meeting.sort()).toEqual([OFFICER, 'met', 'victims']);
    expect(firstPages()).toEqual(['victims', 'victims']);
  });

  it('goes on from what the police were told of before, in their feed as in ours', async () => {
    const steps = [
      { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }, { kind: 'police' }] },
    ];
    const body = { name: 'At once', steps, lastResort: { personIds: ['manager'] } };
    await asked(office, 'PUT /v1/policies/{policyId}', { path: { policyId: 'usual' }, body });
    await live(COMING);
    const who = { ...LIAISON, liaisonId: 'met' };
    const path = { liaisonId: 'met' };
    const feed = await office.ask('GET /v1/feeds/{liaisonId}/events', { who, path });
    const told = JSON.parse(feed.body).events.map(
      ({ event }: { event: { data: { properties: object } } }) => event.data.properties,
    );
    const approach = { incidentId: told[0].incidentId };
    const meeting = { incidentId: told.at(-1).incidentId, severity: 'extreme' };
    expect(told).toMatchObject([
      { ...approach, type: 'raised', sequence: 1, follows: null },
      { ...meeting, type: 'raised', sequence: 1, follows: approach.incidentId },
    ]);
    expect(meeting.incidentId).not.toBe(approach.incidentId);
    const paged = office.takeSent().filter(({ to }) => to !== 'arn:police');
    expect(paged.map(({ to }) => to)).toEqual([OFFICER, OFFICER]);
  });

  it('tells nobody where the protected person is, or what they are called', async () => {
    await live([...COMING, ...Array.from({ length: 15 }, () => 300)]);
    const sent = office.takeSent();
    expect(sent.some(({ to }) => to === 'arn:police')).toBe(true);
    const alerts = JSON.parse((await office.ask('GET /v1/alerts', { who: ADMINISTRATOR })).body);
    const reads = await Promise.all([
      ...alerts.alerts.map(({ alertId }: { alertId: string }) =>
        office.ask('GET /v1/alerts/{alertId}', { who: ADMINISTRATOR, path: { alertId } }),
      ),
      ...['p-1', 'w-1'].flatMap((wearerId) =>
        ['state', 'trail', 'as-at'].map((what) =>
          office.ask(`GET /v1/wearers/{wearerId}/${what}`, {
            ...{ who: ADMINISTRATOR, path: { wearerId } },
            query: {
              ...{ from: '2026-03-02T18:00:00Z', to: '2026-03-02T19:00:00Z' },
              time: '2026-03-02T18:10:00Z',
            },
          }),
        ),
      ),
    ]);
    const rows = ['monitoring', 'record'].flatMap((table) => office.itemsOf(table));
    const named = rows.filter(({ pk }) => !pk?.S?.endsWith('#WEARER#p-1'));
    const everything = JSON.stringify([sent, alerts, reads, office.lines, named]);
    expect(everything).toContain('near-protected-person');
    for (const digits of [...DIGITS, NAME]) expect(everything).not.toContain(digits);
    const refused = reads.filter(({ statusCode }) => statusCode === 403);
    expect(refused).toHaveLength(3);
  });
});

describe('when the device of a protected person falls silent', () => {
  it('tells within 16 minutes', async () => {
    await live([3_000, 3_000, 3_000]);
    for (let n = 3; n < 19; n += 1) {
      await office.advanceTo(minute(n));
      await send(office, wearers(minute(n), 3_000));
    }
    const pages = office.takeSent();
    // A device that is silent says nothing of where anybody is: no car is called for that.
    const [officer, liaison, ...others] = pages.sort((a, b) => (a.to < b.to ? -1 : 1));
    expect(officer?.text).toContain('device of protected person lost');
    expect(liaison?.text).toContain('"recipient":"victims"');
    expect([officer?.to, liaison?.to, ...others]).toEqual([OFFICER, 'arn:police']);
  });
});
