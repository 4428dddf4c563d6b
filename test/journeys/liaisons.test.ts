import { afterEach, describe, expect, it } from 'vitest';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR, LIAISON } from '#test/support/http.ts';
import { NOTHING_STANDING, ORDER_BODY } from '#test/support/orders.ts';
import { HOME } from '#test/support/supervisions.ts';
import { near } from '#test/support/walks.ts';
import { alertsOf, asked, closeAlert } from './desk.ts';
import { closeOffice, toldNow } from './messages.ts';
import { AWAY, live, MET, minute, NAME, OFFICER, ON_CALL, openOffice, send } from './office.ts';

const POLICE = 'arn:police';
const EXERCISE = 'arn:exercise';

let office: Pipeline;
afterEach(() => closeOffice(office));

const others = (...ids: readonly string[]) => ids.map((liaisonId) => ({ liaisonId }));

/** Puts a liaison of another kind on record, and names it in the wearer's order. */
const withLiaison = async (id: string, kind: string, fields: object = {}): Promise<void> => {
  office = await openOffice({ order: { policeForce: 'met', policeKinds: ['curfew'] } });
  await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
    path: { liaisonId: id },
    body: { ...MET, kind, name: id, ...fields },
  });
  const path = { wearerId: 'w-1', orderId: 'o-1' };
  const { document } = await asked(office, 'GET /v1/wearers/{wearerId}/orders/{orderId}', { path });
  const body = { ...document, liaisons: others(id) };
  await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', { path, body });
};

const feedOf = async (liaisonId: string, traffic = 'actual') => {
  const who = { ...LIAISON, liaisonId };
  const asking = { who, path: { liaisonId }, query: { traffic } };
  const { body } = await office.ask('GET /v1/feeds/{liaisonId}/events', asking);
  return JSON.parse(body).events.map(({ event }: { event: { data: object } }) => event);
};

const typesOf = async (liaisonId: string): Promise<string[]> =>
  (await feedOf(liaisonId)).map(({ type }: { type: string }) => type.split('.')[2]);

const worry = (concernId: string) =>
  asked(office, 'PUT /v1/wearers/{wearerId}/concerns/{concernId}', {
    path: { wearerId: 'w-1', concernId },
    body: { personId: 'officer', orderId: 'o-1', saying: 'he sounded desperate on the phone' },
  });

/** The one alert that is open. */
const theAlert = async () => (await alertsOf(office, 'open'))[0];

/** Why a person may not have a liaison told of it. */
const refusedToTell = async (liaisonId: string): Promise<string> => {
  const { alertId, epoch } = await theAlert();
  const { statusCode, body } = await office.ask('POST /v1/alerts/{alertId}/tell', {
    ...{ who: ADMINISTRATOR, path: { alertId } },
    body: { personId: 'officer', epoch, liaisonId, reason: 'they should know' },
  });
  expect(statusCode).toBe(409);
  return JSON.parse(body).code;
};

describe('a concern for the wearer', () => {
  it('goes to care and to the officer, and to nobody who enforces', async () => {
    await withLiaison('care', 'support-service', { classes: ['welfare'] });
    await office.advanceTo(minute(-30));
    await worry('c-1');
    await office.advanceTo(minute(30));
    expect(await typesOf('care')).toEqual(['raised']);
    expect(await typesOf('met')).toEqual([]);
    const [event] = await feedOf('care');
    expect(JSON.stringify(event)).not.toContain('desperate');
    expect(toldNow(office).slice(0, 2).sort()).toEqual([OFFICER, POLICE]);
    expect(await worry('c-1')).toMatchObject({ changed: false });
  });

  it('goes to the police where a person decides so, with the reason on record', async () => {
    await withLiaison('care', 'support-service', { classes: ['welfare'] });
    await office.advanceTo(minute(-30));
    await worry('c-1');
    await office.advanceTo(minute(-29));
    const { alertId, epoch } = await theAlert();
    const path = { alertId };
    const body = { personId: 'officer', epoch, liaisonId: 'met', reason: 'a danger to himself' };
    const told = await asked(office, 'POST /v1/alerts/{alertId}/tell', { path, body });
    expect(told.changed).toBe(true);
    await office.advanceTo(minute(-28));
    expect(await typesOf('met')).toEqual(['raised']);
    const timeline = await asked(office, 'GET /v1/alerts/{alertId}/timeline', { path });
    expect(JSON.stringify(timeline)).toContain('a danger to himself');
    const later = { ...body, epoch: (await theAlert()).epoch };
    const again = await asked(office, 'POST /v1/alerts/{alertId}/tell', { path, body: later });
    expect(again.changed).toBe(false);
    const { disclosures } = await asked(office, 'GET /v1/wearers/{wearerId}/disclosures', {
      ...{ path: { wearerId: 'w-1' }, query: { from: '2026-03-02T18:00:00Z' } },
    });
    expect(disclosures).toMatchObject([
      { recipient: { liaisonId: 'care' }, decision: { rule: 'told-first', by: null } },
      {
        recipient: { liaisonId: 'met' },
        decision: { rule: 'by-hand', by: 'officer', reason: 'a danger to himself' },
      },
    ]);
    expect(toldNow(office).sort()).toEqual([OFFICER, POLICE, POLICE]);
  });
});

describe('what a force was told', () => {
  const stayAway = async (until: number): Promise<void> => {
    await live(office, [minute(-10), minute(until)], (at) => fix(at, AWAY));
  };

  it('is replaced when it is over, and closed when a person has closed it', async () => {
    office = await openOffice();
    await stayAway(18);
    expect(await typesOf('met')).toEqual(['raised']);
    await live(office, [minute(18), minute(30)], (at) => fix(at, HOME));
    expect(await typesOf('met')).toEqual(['raised', 'updated']);
    await closeAlert(office, await theAlert(), 'first-warning');
    await office.advanceTo(minute(31));
    const events = await feedOf('met');
    expect(await typesOf('met')).toEqual(['raised', 'updated', 'closed']);
    const [, updated, closed] = events.map(
      ({ data }: { data: { properties: object } }) => data.properties,
    );
    expect(updated).toMatchObject({
      replaces: events[0].id,
      finding: { endedAt: expect.any(String) },
    });
    expect(closed).toMatchObject({
      ...{ replaces: events[1].id, outcome: { disposition: 'first-warning' } },
    });
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE, POLICE, POLICE]);
  });

  it('stands in the log of disclosures, message by message', async () => {
    office = await openOffice({ liaison: { fields: ['power', 'finding'] } });
    await stayAway(18);
    const { disclosures } = await asked(office, 'GET /v1/wearers/{wearerId}/disclosures', {
      ...{ path: { wearerId: 'w-1' }, query: { from: '2026-03-02T18:00:00Z' } },
    });
    expect(disclosures).toMatchObject([
      { fields: ['power', 'finding'], recipient: { liaisonId: 'met' }, purpose: MET.purpose },
    ]);
    expect(JSON.stringify(await feedOf('met'))).not.toMatch(new RegExp(`${NAME}|w-1|Acacia`));
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE]);
  });

  it('is nothing after it has withdrawn its response: the next step runs at once', async () => {
    const responseWithdrawn = { since: '2026-03-01T00:00:00Z', reason: 'two false calls' };
    office = await openOffice({ liaison: { responseWithdrawn } });
    await stayAway(18);
    expect(await feedOf('met')).toEqual([]);
    const { alertId } = await theAlert();
    const timeline = await asked(office, 'GET /v1/alerts/{alertId}/timeline', {
      path: { alertId },
    });
    expect(JSON.stringify(timeline)).toContain('response-withdrawn');
    expect(toldNow(office)).not.toContain(POLICE);
  });

  it('is nothing where the order names another by the time its step comes', async () => {
    office = await openOffice();
    await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
      ...{ path: { liaisonId: 'kent' }, body: { ...MET, name: 'Kent Police' } },
    });
    await stayAway(8);
    const path = { wearerId: 'w-1', orderId: 'o-1' };
    const { document } = await asked(office, 'GET /v1/wearers/{wearerId}/orders/{orderId}', {
      path,
    });
    const body = { ...document, policeForce: 'kent' };
    await asked(office, 'PUT /v1/wearers/{wearerId}/orders/{orderId}', { path, body });
    await live(office, [minute(8), minute(20)], (at) => fix(at, AWAY));
    expect(await typesOf('met')).toEqual([]);
    expect(await typesOf('kent')).toEqual(['raised']);
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE]);
  });

  it('is an exercise where the wearer was made up to practise on, and says so', async () => {
    office = await openOffice();
    await asked(office, 'PUT /v1/wearers/{wearerId}', {
      ...{ path: { wearerId: 'w-1' }, body: { name: NAME, isExercise: true } },
    });
    await stayAway(18);
    const sent = office.takeSent();
    expect(sent.map(({ to }) => to)).toContain(EXERCISE);
    expect(sent.map(({ to }) => to)).not.toContain(POLICE);
    expect(await feedOf('met')).toEqual([]);
    expect((await feedOf('met', 'exercise'))[0].data.properties.headline).toMatch(/^EXERCISE /);
    expect(sent.find(({ to }) => to === OFFICER)?.text).toMatch(/^EXERCISE/);
  });
});

describe('a court', () => {
  it('hears last: of what a person has closed as a breach, and of nothing else', async () => {
    await withLiaison('crown', 'court', { classes: ['curfew'], fields: ['finding', 'outcome'] });
    await live(office, [minute(-10), minute(12)], (at) => fix(at, AWAY));
    await live(office, [minute(12), minute(20)], (at) => fix(at, HOME));
    expect(await typesOf('crown')).toEqual([]);
    expect(await refusedToTell('crown')).toBe('court-hears-last');
    await closeAlert(office, await theAlert(), 'breach-initiated');
    await office.advanceTo(minute(21));
    const [event] = await feedOf('crown');
    expect(event.data.properties).toMatchObject({
      ...{ sequence: 1, outcome: { disposition: 'breach-initiated' } },
    });
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE, POLICE, POLICE]);
  });
});

describe('a breach that a person has closed, and that turns out to have been none', () => {
  it('is taken back from the court that heard of it, and told to the duty manager', async () => {
    await withLiaison('crown', 'court', { classes: ['curfew'], fields: ['finding', 'outcome'] });
    await live(office, [minute(-10), minute(3)], (at) => fix(at, AWAY));
    await office.advanceTo(minute(11));
    await closeAlert(office, await theAlert(), 'breach-initiated');
    await office.advanceTo(minute(12));
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE]);
    // What the device had kept arrives: somebody was home from the third minute on.
    const minutes = Array.from({ length: 9 }, (_, i) => i + 3);
    await send(office, ...minutes.map((n) => fix(minute(n), near(HOME, n))));
    await office.advanceTo(minute(13));
    const [raised, cancelled] = await feedOf('crown');
    expect(await typesOf('crown')).toEqual(['raised', 'cancelled']);
    expect(cancelled.data.properties).toMatchObject({
      ...{ replaces: raised.id, outcome: { disposition: 'withdrawn' } },
    });
    expect(await typesOf('met')).toEqual([]);
    const told = office.takeSent();
    expect(told.map(({ to }) => to).sort()).toEqual(['arn:duty-manager', POLICE]);
    const toManager = told.find(({ to }) => to !== POLICE)?.text;
    expect(toManager).toContain('as breach-initiated, is known now not to have been so');
    expect(toManager).not.toContain(NAME);
  });
});

describe('a force that is called falsely as often as it puts up with', () => {
  const falseCall = async (from: number): Promise<void> => {
    await live(office, [minute(from), minute(from + 28)], (at) => fix(at, AWAY));
    await live(office, [minute(from + 28), minute(from + 40)], (at) => fix(at, HOME));
    await closeAlert(office, await theAlert(), 'no-action-equipment');
    await office.advanceTo(minute(from + 41));
  };

  it('is told of to the duty manager, by the call that uses it up and by no other', async () => {
    office = await openOffice({ liaison: { falseCallBudget: 2 } });
    for (const [from, isTold] of [
      [-10, false],
      [40, true],
      [90, false],
    ] as const) {
      await falseCall(from);
      const sent = office.takeSent();
      expect(sent.map(({ to }) => to)).toContain(POLICE);
      const toManager = sent.filter(({ to }) => to === 'arn:duty-manager');
      expect(toManager).toHaveLength(isTold ? 1 : 0);
      for (const { text } of toManager) expect(text).toContain('about w-1 for nothing');
      expect(JSON.stringify(toManager)).not.toContain(NAME);
    }
  });
});

describe('a liaison and its references', () => {
  const putOrder = (fields: object) =>
    office.ask('PUT /v1/wearers/{wearerId}/orders/{orderId}', {
      ...{ who: ADMINISTRATOR, path: { wearerId: 'w-1', orderId: 'o-1' } },
      body: { ...ORDER_BODY, ...NOTHING_STANDING, ...fields },
    });

  it('are held to each other when an order is put, in grammar and in kind', async () => {
    office = await openOffice({ liaison: { referencePicture: 'EM/99999/AA' } });
    const refused = async (fields: object) => {
      const { statusCode, body } = await putOrder(fields);
      expect(statusCode).toBe(422);
      return JSON.parse(body).problems.map(({ code }: { code: string }) => code);
    };
    expect(await refused({ policeForce: 'met', policeReference: 'EM/1234/KP' })).toEqual([
      'malformed-reference',
    ]);
    expect(await refused({ policeForce: 'atlantis' })).toEqual(['not-on-record']);
    await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
      ...{ path: { liaisonId: 'crown' }, body: { ...MET, kind: 'court', name: 'Crown Court' } },
    });
    expect(await refused({ policeForce: 'crown' })).toEqual(['no-police-force']);
    const good = { policeForce: 'met', policeReference: 'EM/12345/KP' };
    expect((await putOrder(good)).statusCode).toBe(200);
  });

  it('is told to the duty manager when it does not come any more, once', async () => {
    office = await openOffice();
    const withdraw = (reason: string) =>
      asked(office, 'PUT /v1/liaisons/{liaisonId}', {
        path: { liaisonId: 'met' },
        body: { ...MET, responseWithdrawn: { since: '2026-03-01T00:00:00Z', reason } },
      });
    await withdraw('two false calls');
    await withdraw('two false calls about one wearer');
    await office.advanceTo(minute(-50));
    const [told, ...others] = office.takeSent();
    expect(others).toEqual([]);
    expect(told).toMatchObject({ to: 'arn:duty-manager' });
    expect(told?.text).toContain('has withdrawn its response');
  });
});
