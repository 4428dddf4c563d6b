import { afterEach, describe, expect, it } from 'vitest';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice, press } from './messages.ts';
import { MANAGER, MET, minute, NAME, OFFICER, openOffice, stayOut } from './office.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

/** Who is called where the force takes an incident not: the officer, then the inspector. */
const POLICY = {
  name: 'Police desk',
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
    { delaySeconds: 300, targets: [{ kind: 'person', personId: 'manager' }] },
  ],
  repeat: 0,
  lastResort: { personIds: ['manager'], everySeconds: 900 },
};

const FEED = 'arn:police';

/** The force is told in the first step, and has to accept within two minutes. */
const open = async (canCall: boolean): Promise<void> => {
  office = await openOffice({
    canCall,
    policy: {
      steps: [{ delaySeconds: 0, targets: [{ kind: 'police' }] }],
      lastResort: { personIds: ['manager'], everySeconds: 3_600 },
    },
  });
  await asked(office, 'PUT /v1/policies/{policyId}', {
    ...{ path: { policyId: 'police-desk' }, body: POLICY },
  });
  await asked(office, 'PUT /v1/liaisons/{liaisonId}', {
    path: { liaisonId: 'met' },
    body: { ...MET, acceptance: { policyId: 'police-desk' } },
  });
};

type Fields = Readonly<Record<string, unknown>>;
/** It is about the incident, not about one message of ours. */
const LIVE_HAS_NEITHER = { at: undefined, eventId: undefined };

let nth = 0;

/** The control room says something of its newest incident. */
const says = async (fields: Fields) => {
  const who = { role: 'liaison', agencyId: 'demo', liaisonId: 'met', tokenId: 't-1' };
  const path = { liaisonId: 'met' };
  const feed = await office.ask('GET /v1/feeds/{liaisonId}/events', { who, path });
  const newest = JSON.parse(feed.body).events.at(-1).event;
  nth += 1;
  const now = instant(Date.now());
  const body = {
    ...{ jti: `m-${nth}`, iat: Math.floor(now / 1_000), incidentId: newest.subject },
    ...{ at: toIso(now), eventId: newest.id, ...fields },
  };
  return office.ask('POST /v1/feeds/{liaisonId}/messages', { who, path, body });
};

const changesIn = ({ body }: Readonly<{ body: string }>) => JSON.parse(body).changes;

const told = () => office.takeSent().map(({ to, text }) => ({ to, text }));

/** The force has been sent the incident, and nobody else was told of anything. */
const sentToForce = async ({ canCall = false } = {}) => {
  await open(canCall);
  await stayOut(office, minute(6));
  const sent = told();
  expect(sent.map(({ to }) => to)).toEqual([FEED]);
};

describe('an incident that the force rejects', () => {
  it('climbs the ladder: the officer at once, and then the duty inspector', async () => {
    await sentToForce();
    expect(await says({ type: 'reject', cause: 'not-our-area' })).toMatchObject({
      statusCode: 200,
    });
    const [call, ...others] = told();
    expect([call?.to, others]).toEqual([OFFICER, []]);
    expect(call?.text).toContain('rejected there: Metropolitan Police, says not our area');
    expect(call?.text).toContain('Phone the control room.');
    await office.advanceTo(minute(12));
    expect(told().map(({ to }) => to)).toEqual([MANAGER]);
  });

  it('is for people here alone: no liaison is told that nobody accepts it', async () => {
    await sentToForce();
    await says({ type: 'reject', cause: 'not-our-area' });
    expect(told().map(({ to }) => to)).toEqual([OFFICER]);
    const alerts = await alertsOf(office, 'open');
    const { alertId, epoch } = alerts.find(({ kind }: { kind: string }) => kind === 'transfer');
    const answer = await office.ask('POST /v1/alerts/{alertId}/tell', {
      ...{ who: ADMINISTRATOR, path: { alertId } },
      body: { personId: 'officer', epoch, liaisonId: 'met', reason: 'they should know' },
    });
    expect(answer.statusCode).toBe(409);
    expect(JSON.parse(answer.body).code).toBe('for-people-alone');
  });

  it('is let go when the force clearly accepts it after all, and everybody hears', async () => {
    await sentToForce();
    await says({ type: 'reject', cause: 'no-power' });
    expect(told().map(({ to }) => to)).toEqual([OFFICER]);
    await office.advanceTo(secondsAfter(minute(6), 60));
    // Clocks may be five minutes apart: nobody can tell which of the two came last.
    expect(changesIn(await says({ type: 'accept' }))).toMatchObject([
      { outcome: 'taken', stands: 'rejected', peopleCalled: true },
    ]);
    expect(told()).toEqual([]);
    await office.advanceTo(minute(12));
    expect(told().map(({ to }) => to)).toEqual([MANAGER]);
    expect(changesIn(await says({ type: 'accept', reference: 'EP-7' }))).toMatchObject([
      { outcome: 'taken', stands: 'accepted', peopleCalled: false },
    ]);
    const over = told();
    expect(over.map(({ to }) => to).toSorted()).toEqual([MANAGER, OFFICER].toSorted());
    for (const { text } of over) expect(text).toMatch(/^STAND DOWN: .*Accepted there now/);
    await office.advanceTo(minute(30));
    expect(told()).toEqual([]);
  });
});

describe('a duty inspector who is called by phone', () => {
  it('hears what was taken not, why, and what to do, and nothing of whom it is about', async () => {
    await sentToForce({ canCall: true });
    await asked(office, 'PUT /v1/people/{personId}', {
      path: { personId: 'manager' },
      body: {
        ...{ name: 'Kit Moor', role: 'duty-manager', mobile: MANAGER, phone: MANAGER },
        tellBy: [
          { channel: 'voice', afterSeconds: 0 },
          { channel: 'sms', afterSeconds: null },
        ],
      },
    });
    await says({ type: 'reject', cause: 'response-withdrawn' });
    expect(told().map(({ to }) => to)).toEqual([OFFICER]);
    await office.advanceTo(minute(12));
    const [call, ...others] = told();
    expect([call?.to, others]).toEqual([`call ${MANAGER}`, []]);
    expect(call?.text).toContain('Metropolitan Police, says "response withdrawn"');
    expect(call?.text).toContain('Phone the control room.');
    expect(call?.text).not.toContain(NAME);
  });
});

describe('an incident of which the force says nothing', () => {
  it('is sent again without a receipt, and people are called after two minutes', async () => {
    await sentToForce();
    await office.advanceTo(minute(9));
    const all = told();
    const toForce = all.filter(({ to }) => to === FEED);
    expect(toForce.length).toBeGreaterThanOrEqual(2);
    const ids = new Set(toForce.map(({ text }) => JSON.parse(text).id));
    expect(ids.size).toBe(1);
    const [call, ...others] = all.filter(({ to }) => to !== FEED);
    expect([call?.to, others]).toEqual([OFFICER, []]);
    expect(call?.text).toContain('nobody there has accepted it: Metropolitan Police, no answer');
    expect((await press(office, call?.text ?? '')).statusCode).toBe(303);
  });

  it('is neither where its receipt and its acceptance come in time', async () => {
    await sentToForce();
    await says({ type: 'accept', reference: 'EP-7' });
    const asOf = toIso(instant(Date.now()));
    const live = { type: 'live', reference: 'EP-7', asOf, ...LIVE_HAS_NEITHER };
    expect((await says(live)).statusCode).toBe(200);
    const { transfers } = await asked(office, 'GET /v1/ageing');
    expect(transfers).toMatchObject([
      { liaisonId: 'met', answer: { is: 'accepted' }, live: { reference: 'EP-7' } },
    ]);
    await office.advanceTo(minute(12));
    const people = told().filter(({ to }) => to !== FEED);
    expect(people).toEqual([]);
  });
});
