import { afterEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice, pagedOfficer, toldNow } from '#test/journeys/messages.ts';
import { live, MET, minute, OFFICER, openOffice, send } from '#test/journeys/office.ts';
import { check, fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { HOME } from '#test/support/supervisions.ts';

const PUT = 'PUT /v1/wearers/{wearerId}/decisions/{decisionId}';
const GET = 'GET /v1/wearers/{wearerId}/decisions/{decisionId}';
const LIST = 'GET /v1/wearers/{wearerId}/decisions';
const WITHDRAW = 'POST /v1/wearers/{wearerId}/decisions/{decisionId}/withdraw';

let office: Pipeline;
afterEach(() => closeOffice(office));

type Alert = Readonly<{ alertId: string; epoch: number }>;

/** Somebody stays out, the officer is told, and there is one alert. */
const found = async (order: object = {}): Promise<Alert> => {
  office = await openOffice({ order });
  await pagedOfficer(office);
  const [alert] = await alertsOf(office, 'open');
  return alert;
};

const put = (decisionId: string, body: object) =>
  office.ask(PUT, { who: ADMINISTRATOR, path: { wearerId: 'w-1', decisionId }, body });
const taken = async (decisionId: string, body: object) => {
  const response = await put(decisionId, body);
  if (response.statusCode !== 201) throw new Error(response.body);
};
const withdraw = (decisionId: string, body: object) =>
  office.ask(WITHDRAW, { who: ADMINISTRATOR, path: { wearerId: 'w-1', decisionId }, body });
const codes = ({ body }: { body: string }): string[] =>
  JSON.parse(body).problems.map(
    ({ code, path }: { code: string; path: string }) => `${code} ${path}`,
  );
const entries = (): string[] =>
  office.itemsOf('record').flatMap(({ type }) => (type?.S?.startsWith('decision') ? [type.S] : []));
const versionsOnRecord = (document: string): number[] =>
  office
    .itemsOf('record')
    .filter(({ type }) => type?.S === 'document-put')
    .map(({ body }) => JSON.parse(body?.S ?? ''))
    .flatMap(({ name, version }) => (name === document ? [version] : []));
const tasks = async () =>
  (await asked(office, 'GET /v1/wearers/{wearerId}/tasks', { path: { wearerId: 'w-1' } })).tasks;

const about = ({ alertId, epoch }: Alert) => ({
  ...{ orderId: 'o-1', by: 'officer', reason: 'spoken to, and weighed' },
  ...{ considered: [{ kind: 'violation', id: alertId }], closes: [{ alertId, epoch }] },
});
const LETTER = { expected: 'Be home at seven.', howToAnswer: 'Call your officer.' };
const warning = (alert: Alert) => ({ kind: 'first-warning', letter: LETTER, ...about(alert) });

const path = { wearerId: 'w-1', decisionId: 'd-1' };

describe('what a decision rests on', () => {
  it('is a check that was made: named by its instant, and found in the trail', async () => {
    const alert = await found();
    await send(office, check(minute(10), 'absent', 'phone'));
    const by = (id: string) => ({ ...warning(alert), considered: [{ kind: 'check', id }] });
    for (const id of ['any', toIso(minute(9)), '2026-03-02']) {
      expect(codes(await put('d-1', by(id)))).toEqual(['not-on-record considered.0']);
    }
    await taken('d-1', by(toIso(minute(10))));
  });

  it('had happened when it was decided, under an order that had begun', async () => {
    const alert = await found();
    const decided = (decidedAt: string) => put('d-1', { ...warning(alert), decidedAt });
    expect(codes(await decided('1970-01-01T00:00:00Z'))).toEqual([
      ...['before-order decidedAt', 'before-found decidedAt'],
    ]);
    expect(codes(await decided(toIso(minute(-1))))).toEqual(['before-found decidedAt']);
    await taken('d-1', { ...warning(alert), decidedAt: toIso(minute(7)) });
  });
});

describe('a decision', () => {
  it('is on record with what it rests on, and closes its alert with it', async () => {
    const alert = await found();
    await taken('d-1', warning(alert));
    const { document, version } = await asked(office, GET, { path });
    expect(version).toBe(1);
    expect(document).toMatchObject({
      ...{ kind: 'first-warning', by: 'officer', withdrawn: null },
      found: [{ violationId: alert.alertId, reason: 'out-at-start' }],
    });
    expect(await alertsOf(office, 'open')).toEqual([]);
    expect(await alertsOf(office, 'closed')).toMatchObject([
      { closed: { by: 'officer', disposition: 'first-warning', decisionId: 'd-1' } },
    ]);
    expect(entries()).toEqual(['decision-taken']);
    expect(await tasks()).toEqual([]);
    expect((await asked(office, LIST, { path: { wearerId: 'w-1' } })).decisions).toHaveLength(1);
  });

  it('is once, however often it is sent, and is never changed', async () => {
    const alert = await found();
    await taken('d-1', warning(alert));
    const again = await put('d-1', warning(alert));
    expect([again.statusCode, JSON.parse(again.body).changed]).toEqual([200, false]);
    const other = await put('d-1', { ...warning(alert), reason: 'something else' });
    expect(other.statusCode).toBe(409);
    expect(JSON.parse(other.body)).toMatchObject({ code: 'decided-already', by: 'officer' });
    expect(entries()).toEqual(['decision-taken']);
  });

  it('needs a reason, what it rests on, and nothing that is not on record', async () => {
    const alert = await found();
    for (const reason of [' ', '\u200b\u2060', '\u3164']) {
      const bad = { ...warning(alert), reason };
      expect(codes(await put('d-1', bad))).toEqual(['invalid-field reason']);
    }
    const none = { ...warning(alert), reason: '', considered: [] };
    expect(codes(await put('d-1', none))).toEqual([
      ...['invalid-field reason', 'invalid-field considered'],
    ]);
    const unknown = {
      ...warning(alert),
      ...{ by: 'nobody', orderId: 'o-9', decidedAt: toIso(minute(600)) },
      considered: [
        { kind: 'note', id: 'n-1' },
        { kind: 'violation', id: 'w-9.x' },
      ],
      closes: [{ alertId: 'w-2.home.abc', epoch: 1 }],
    };
    expect(codes(await put('d-1', unknown)).toSorted()).toEqual([
      'in-future decidedAt',
      'not-on-record by',
      'not-on-record closes.0.alertId',
      'not-on-record considered.0',
      'not-on-record considered.1',
      'not-on-record orderId',
    ]);
    expect([entries(), await alertsOf(office, 'closed')]).toEqual([[], []]);
  });

  it('rests on nothing of another wearer, who would stand in the papers of this one', async () => {
    const alert = await found();
    await asked(office, 'PUT /v1/wearers/{wearerId}', {
      ...{ path: { wearerId: 'w-2' }, body: { name: 'Somebody Else' } },
    });
    const other = { ...warning(alert), considered: [{ kind: 'alert', id: alert.alertId }] };
    const refused = await office.ask(PUT, {
      ...{ who: ADMINISTRATOR, path: { wearerId: 'w-2', decisionId: 'd-1' } },
      body: { ...other, closes: [] },
    });
    expect(codes(refused)).toContain('not-on-record considered.0');
    await taken('d-1', other);
  });

  it('is of one of two who decide at once; the other hears who was, and how', async () => {
    const alert = await found();
    const [first, second] = await Promise.all([
      put('d-1', warning(alert)),
      put('d-2', { ...about(alert), kind: 'no-action', because: 'explained', by: 'manager' }),
    ]);
    const answers = [first, second].toSorted((a, b) => a.statusCode - b.statusCode);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 409]);
    const [decided] = (await asked(office, LIST, { path: { wearerId: 'w-1' } })).decisions;
    expect(JSON.parse(answers[1]?.body ?? '')).toMatchObject({
      ...{ code: 'already-closed', by: decided.by, decisionId: decided.decisionId },
    });
    expect(entries()).toEqual(['decision-taken']);
  });

  it('is of one of fifty who decide at once; each of the others hears of a conflict', async () => {
    const alert = await found();
    const ids = Array.from({ length: 50 }, (_, i) => `d-${i}`);
    const answers = await Promise.all(ids.map((id) => put(id, warning(alert))));
    const counted = (status: number) => answers.filter((one) => one.statusCode === status).length;
    expect([counted(201), counted(409)]).toEqual([1, 49]);
    expect(entries()).toEqual(['decision-taken']);
  });

  it('about an alert that has changed since it was read is refused, and saves none', async () => {
    const alert = await found();
    const stale = await put('d-1', warning({ ...alert, epoch: 9 }));
    expect([stale.statusCode, JSON.parse(stale.body).code]).toEqual([409, 'stale-epoch']);
    expect(entries()).toEqual([]);
  });

  it('never warns anybody for a concern for their welfare', async () => {
    office = await openOffice();
    await asked(office, 'PUT /v1/wearers/{wearerId}/concerns/{concernId}', {
      path: { wearerId: 'w-1', concernId: 'c-1' },
      body: { personId: 'officer', orderId: 'o-1', saying: 'sounded hopeless' },
    });
    const [alert] = await alertsOf(office, 'open');
    office.takeSent();
    const refused = await put('d-1', warning(alert));
    expect([refused.statusCode, JSON.parse(refused.body).code]).toEqual([
      ...[422, 'disposition-not-for-class'],
    ]);
    const referral = { ...about(alert), kind: 'referral', service: 'Crisis team' };
    await taken('d-2', referral);
    expect(await tasks()).toMatchObject([{ kind: 'referral-follow-up', about: 'd-2' }]);
  });

  it('needs two people where its alert does', async () => {
    office = await openOffice({
      order: { riskLevel: 'very-high' },
      policy: { secondPersonFor: ['severe', 'extreme'] },
    });
    await pagedOfficer(office);
    const [alert] = await alertsOf(office, 'open');
    const breach = { ...about(alert), kind: 'breach-initiated' };
    const alone = await put('d-1', breach);
    expect(JSON.parse(alone.body).code).toBe('second-person-needed');
    const acknowledge = 'POST /v1/alerts/{alertId}/acknowledge';
    const body = { personId: 'manager' };
    await asked(office, acknowledge, { path: { alertId: alert.alertId }, body });
    await taken('d-1', { ...breach, closes: [{ alertId: alert.alertId, epoch: alert.epoch + 1 }] });
  });
});

describe('an excuse that is accepted', () => {
  const excuse = (alert: Alert) => ({
    ...about(alert),
    kind: 'excuse-accepted',
    permission: {
      ...{ permissionId: 'hospital', conditionIds: ['home'], reason: 'medical' },
      ...{ from: toIso(minute(-30)), until: toIso(minute(60)) },
    },
  });
  const permission = async () =>
    asked(office, 'GET /v1/wearers/{wearerId}/permissions/{permissionId}', {
      path: { wearerId: 'w-1', permissionId: 'hospital' },
    });
  const violation = async () => (await alertsOf(office, 'closed'))[0]?.violation;

  it('is a permission for that time, by which what was found is taken back', async () => {
    const alert = await found();
    await taken('d-1', excuse(alert));
    expect((await permission()).document).toMatchObject({ grantedBy: 'officer', isRevoked: false });
    await office.advanceTo(minute(12));
    expect(await violation()).toMatchObject({ status: 'withdrawn', endReason: 'excused' });
    expect(toldNow(office)).toEqual([]);
  });

  it('that is taken back revokes it, and what was found stands again', async () => {
    const alert = await found();
    await taken('d-1', excuse(alert));
    await live(office, [minute(8), minute(20)], (now) => fix(now, HOME));
    expect((await withdraw('d-1', { personId: 'manager', reason: 'forged' })).statusCode).toBe(200);
    expect((await permission()).document).toMatchObject({ isRevoked: true });
    expect(versionsOnRecord('LIFTED#hospital')).toEqual([1, 2]);
    await office.advanceTo(minute(25));
    const { document } = await asked(office, GET, { path });
    expect(document.withdrawn).toMatchObject({ by: 'manager', reason: 'forged' });
    expect(entries()).toEqual(['decision-taken', 'decision-withdrawn']);
    const again = await withdraw('d-1', { personId: 'officer', reason: 'me too' });
    expect(JSON.parse(again.body)).toMatchObject({ code: 'withdrawn-already', by: 'manager' });
    const states = (await Promise.all(['open', 'acknowledged'].map((s) => alertsOf(office, s))))
      .flat()
      .map((one: { violation: { status: string } }) => one.violation.status);
    expect(states).toEqual(['ended']);
    // It shows after all, and whoever was called about it before is called again.
    expect(toldNow(office)).toContain(OFFICER);
  });

  it('stands while another lets off the same, and goes with the last of them', async () => {
    const alert = await found();
    await taken('d-1', excuse(alert));
    await taken('d-2', { ...excuse(alert), closes: [], reason: 'the letter came, too' });
    expect((await permission()).version).toBe(1);
    await withdraw('d-1', { personId: 'manager', reason: 'put twice' });
    expect((await permission()).document).toMatchObject({ isRevoked: false });
    await withdraw('d-2', { personId: 'manager', reason: 'forged' });
    expect((await permission()).document).toMatchObject({ isRevoked: true });
    office.takeSent();
  });

  it('keeps a permission of that name that says something else', async () => {
    const alert = await found();
    const { permission: wanted } = excuse(alert);
    const { permissionId: _, ...body } = { ...wanted, until: toIso(minute(90)) };
    await asked(office, 'PUT /v1/wearers/{wearerId}/permissions/{permissionId}', {
      path: { wearerId: 'w-1', permissionId: 'hospital' },
      body: { ...body, grantedBy: 'officer' },
    });
    expect(codes(await put('d-1', excuse(alert)))).toEqual([
      'permission-exists permission.permissionId',
    ]);
    expect(toldNow(office)).toEqual([OFFICER]);
  });
});

const letter = (act: string) =>
  office.ask('POST /v1/wearers/{wearerId}/decisions/{decisionId}/letter', {
    ...{ who: ADMINISTRATOR, path, body: { personId: 'officer', act } },
  });

describe('a decision that is withdrawn', () => {
  it.each([0, 5, 10, 15])(
    'is by one of two who do so at once, %i steps apart, and the other hears by whom',
    async (steps) => {
      const alert = await found();
      await taken('d-1', { ...about(alert), closes: [], kind: 'referral', service: 'debt advice' });
      const later = async () => {
        for (let i = 0; i < steps; i += 1) await null;
        return withdraw('d-1', { personId: 'manager', reason: 'a mistake' });
      };
      const first = withdraw('d-1', { personId: 'officer', reason: 'not needed' });
      const answers = await Promise.all([first, later()]);
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
      const refused = answers.find(({ statusCode }) => statusCode === 409);
      const { document, version } = await asked(office, GET, { path });
      const { by, reason } = document.withdrawn;
      expect(JSON.parse(refused?.body ?? '')).toMatchObject({
        ...{ code: 'withdrawn-already', by, reason },
      });
      expect([version, entries()]).toEqual([2, ['decision-taken', 'decision-withdrawn']]);
    },
  );

  it('stays withdrawn, although its letter is printed at the same moment', async () => {
    await taken('d-1', warning(await found()));
    const [withdrawn, ...printed] = await Promise.all([
      withdraw('d-1', { personId: 'manager', reason: 'forged' }),
      letter('printed'),
      letter('sent'),
    ]);
    expect(withdrawn?.statusCode).toBe(200);
    const { document } = await asked(office, GET, { path });
    expect(document.withdrawn).toMatchObject({ by: 'manager', reason: 'forged' });
    const isDone = ({ statusCode }: { statusCode: number }) => statusCode === 200;
    expect(document.letters).toHaveLength(printed.filter(isDone).length);
    office.takeSent();
  });

  it('of a recall ends its task, and opens its alert again', async () => {
    const alert = await found();
    await taken('d-1', { ...about(alert), kind: 'recall-requested', recall: 'standard' });
    const [task] = await tasks();
    expect(task).toMatchObject({
      ...{ kind: 'recall-part-a', about: 'd-1', openedBy: 'officer' },
      dueAt: toIso(minute(24 * 60 + 7)),
    });
    await withdraw('d-1', { personId: 'manager', reason: 'not proportionate' });
    expect((await tasks()).map(({ kind }: { kind: string }) => kind)).toEqual([
      'action-on-violation',
    ]);
    expect(await alertsOf(office, 'open')).toMatchObject([{ closed: null }]);
    office.takeSent();
  });

  it('of a level takes that back, too', async () => {
    const alert = await found();
    const level = { levelId: 'l-1', level: 'intensive', from: toIso(minute(0)), until: null };
    await taken('d-1', { ...about(alert), closes: [], kind: 'supervision-level', level });
    const get = () =>
      asked(office, 'GET /v1/wearers/{wearerId}/levels/{levelId}', {
        path: { wearerId: 'w-1', levelId: 'l-1' },
      });
    expect((await get()).document).toMatchObject({ level: 'intensive', by: 'officer' });
    await withdraw('d-1', { personId: 'officer', reason: 'too much' });
    expect((await get()).document).toMatchObject({ isRevoked: true });
    const types = office.itemsOf('record').map(({ type }) => type?.S);
    expect(types.filter((type) => type?.startsWith('supervision-level'))).toEqual([
      ...['supervision-level-set', 'supervision-level-revoked'],
    ]);
  });

  it('of a breach is told to the court that was to deal with it', async () => {
    const court = { ...MET, kind: 'court', name: 'Crown Court' };
    office = await openOffice();
    await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
      ...{ path: { liaisonId: 'crown' }, body: court },
    });
    const orderAt = { path: { wearerId: 'w-1', orderId: 'o-1' } };
    const order = 'v1/wearers/{wearerId}/orders/{orderId}';
    const { document } = await asked(office, `GET /${order}`, orderAt);
    const liaisons = [{ liaisonId: 'crown' }];
    await asked(office, `PUT /${order}`, { ...orderAt, body: { ...document, liaisons } });
    await pagedOfficer(office);
    const [alert] = await alertsOf(office, 'open');
    await taken('d-1', { ...about(alert), kind: 'breach-initiated' });
    const [raised, ...others] = office.takeSent();
    expect(others).toEqual([]);
    expect(JSON.parse(raised?.text ?? '').type).toContain('raised');
    await withdraw('d-1', { personId: 'officer', reason: 'hospital confirmed' });
    const cancelled = office.takeSent().filter(({ to }) => to === 'arn:police');
    expect(cancelled.map(({ text }) => JSON.parse(text).type)).toEqual([
      expect.stringContaining('cancelled'),
    ]);
  });
});
