import { afterEach, describe, expect, it } from 'vitest';
import { instant, toIso } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { LIAISON } from '#test/support/http.ts';
import { HOME } from '#test/support/supervisions.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice, press, reply, toldNow } from './messages.ts';
import { AWAY, live, MET, minute, NAME, OFFICER, openOffice } from './office.ts';
import { expectTimeline } from './timeline.ts';

const PHONE = '+447700900050';
const LIAISON_OFFICER = '+447700900004';
const CARE_TEAM = 'arn:police';
const DAY = 24 * 60;
const WORDS = 'I see no way on. Tell my sister I am sorry';
const WEARER = '/v1/wearers/{wearerId}';
const W_1 = { wearerId: 'w-1' };

let office: Pipeline;
afterEach(() => closeOffice(office));

const put = (route: string, path: object, body: object) =>
  asked(office, `PUT ${route}`, { path: { ...path }, body });
const later = (n: number) => office.advanceTo(minute(n));

/** Who is there for a wearer in trouble: an officer for mental health, and a team outside. */
const withCare = async (): Promise<void> => {
  office = await openOffice();
  await put(WEARER, W_1, { name: NAME, mobile: PHONE });
  const person = { name: 'Robin Hale', role: 'officer', mobile: LIAISON_OFFICER };
  await put('/v1/people/{personId}', { personId: 'liaison-officer' }, person);
  const { document: policy } = await asked(office, 'GET /v1/policies/{policyId}', {
    path: { policyId: 'usual' },
  });
  const [first, ...others] = policy.steps;
  const both = [...first.targets, { kind: 'person', personId: 'liaison-officer' }];
  const steps = [{ ...first, targets: both }, ...others];
  await put('/v1/policies/{policyId}', { policyId: 'usual' }, { ...policy, steps });
  await put(
    '/v1/liaisons/{liaisonId}',
    { liaisonId: 'care-team' },
    {
      ...{ ...MET, kind: 'support-service', name: 'Community mental health team' },
      ...{ classes: ['welfare'], fields: ['person', 'finding', 'contactBack'] },
    },
  );
  const path = { ...W_1, orderId: 'o-1' };
  const { document: order } = await asked(office, `GET ${WEARER}/orders/{orderId}`, { path });
  const liaisons = [{ liaisonId: 'care-team' }];
  await put(`${WEARER}/orders/{orderId}`, path, { ...order, liaisons });
};

const feedOf = async (liaisonId: string) => {
  const who = { ...LIAISON, liaisonId };
  const { body } = await office.ask('GET /v1/feeds/{liaisonId}/events', {
    ...{ who, path: { liaisonId } },
  });
  return JSON.parse(body).events;
};

const noteIds = async (): Promise<string[]> => {
  const query = { from: toIso(minute(-60)), to: toIso(instant(Date.now())) };
  const { notes } = await asked(office, `GET ${WEARER}/notes`, { path: W_1, query });
  return notes.map(({ noteId }: { noteId: string }) => noteId);
};

const levelNow = async () =>
  (
    await asked(office, `GET ${WEARER}/as-at`, {
      ...{ path: W_1, query: { time: toIso(instant(Date.now())) } },
    })
  ).supervisionLevel;

/** A text that worries whoever reads it is raised to a welfare alert, and taken in hand. */
const raiseConcern = async (): Promise<void> => {
  await later(-40);
  await reply(office, { from: PHONE, text: WORDS, id: 'm-1' });
  expect(toldNow(office).toSorted()).toEqual([OFFICER, PHONE]);
  await later(-30);
  const [noteId = ''] = await noteIds();
  const body = { personId: 'officer' };
  await asked(office, `POST ${WEARER}/notes/{noteId}/read`, { path: { ...W_1, noteId }, body });
  await put(
    `${WEARER}/concerns/{concernId}`,
    { ...W_1, concernId: 'c-1' },
    {
      ...{ personId: 'officer', orderId: 'o-1', fromNoteId: noteId },
      saying: 'a text that sounds like a farewell',
    },
  );
  await later(-29);
  const told = office.takeSent();
  expect(told.map(({ to }) => to).toSorted()).toEqual([OFFICER, LIAISON_OFFICER, CARE_TEAM]);
  for (const { text } of told) expect(text).not.toContain('sister');
  await press(office, told.find(({ to }) => to === LIAISON_OFFICER)?.text ?? '');
};

/** Somebody goes there, and the evening is given to what matters. */
const visitAndRelieve = async (): Promise<void> => {
  const visit = { ...W_1, visitId: 'v-1' };
  await put(`${WEARER}/visits/{visitId}`, visit, {
    ...{ personId: 'liaison-officer', purpose: 'welfare' },
    ...{ from: toIso(minute(-25)), until: toIso(minute(5)) },
  });
  await later(-10);
  await asked(office, `POST ${WEARER}/visits/{visitId}/outcome`, {
    path: visit,
    body: {
      ...{ personId: 'liaison-officer', visitedAt: toIso(minute(-15)), result: 'present' },
      note: 'goes to hospital with the team',
    },
  });
  await put(
    `${WEARER}/notes/{noteId}`,
    { ...W_1, noteId: 'n-visit' },
    {
      ...{ kind: 'home-visit', happenedAt: toIso(minute(-15)), by: 'liaison-officer' },
      ...{ contactType: 'suicide-or-self-harm', concernsWelfare: true },
      text: 'Found at home, in distress. Agreed to go to hospital with the team.',
    },
  );
  await put(
    `${WEARER}/permissions/{permissionId}`,
    { ...W_1, permissionId: 'p-1' },
    {
      ...{ from: toIso(minute(-15)), until: toIso(minute(DAY)), reason: 'medical' },
      grantedBy: 'officer',
    },
  );
};

const decide = (decisionId: string, body: object) =>
  put(
    `${WEARER}/decisions/{decisionId}`,
    { ...W_1, decisionId },
    { orderId: 'o-1', by: 'officer', ...body },
  );

/** What is decided: care for four days, and a service that follows it up. */
const adjustSupervision = async (): Promise<void> => {
  const considered = [
    { kind: 'concern', id: 'c-1' },
    { kind: 'note', id: 'n-visit' },
    { kind: 'visit', id: 'v-1' },
  ];
  await decide('d-level', {
    ...{ kind: 'supervision-level', considered, reason: 'in care of the hospital team' },
    level: {
      ...{ levelId: 'l-care', level: 'reduced-for-care' },
      ...{ from: toIso(minute(0)), until: toIso(minute(4 * DAY)) },
    },
  });
  const [{ alertId, epoch }] = await alertsOf(office, 'acknowledged');
  await decide('d-referral', {
    ...{ kind: 'referral', service: 'community mental health team', considered },
    ...{ reason: 'safe in hospital, seen by the team', closes: [{ alertId, epoch }] },
    followUpAt: toIso(minute(3 * DAY)),
  });
};

/** Each further hour of a night in which somebody is away from home, and may be. */
const nightInHospital = (): Promise<void> =>
  live(office, [minute(0), minute(60)], (at) => fix(at, AWAY));

const followUp = async (): Promise<void> => {
  await later(2 * DAY);
  const { tasks } = await asked(office, `GET ${WEARER}/tasks`, { path: W_1 });
  const [task] = tasks;
  expect(tasks).toMatchObject([
    { kind: 'referral-follow-up', isOverdue: false },
    { kind: 'contact-due', dueAt: toIso(minute(7 * DAY)) },
  ]);
  await asked(office, `POST ${WEARER}/tasks/{taskId}/end`, {
    path: { ...W_1, taskId: task.taskId },
    body: { personId: 'liaison-officer', reason: 'home again, seen by the team each day' },
  });
};

describe('a mental-health emergency', () => {
  it('goes from a text to care and a home visit, and to nobody who enforces', async () => {
    await withCare();
    await live(office, [minute(-60), minute(-55)], (at) => fix(at, HOME));
    await raiseConcern();
    await visitAndRelieve();
    await later(0);
    await adjustSupervision();
    await nightInHospital();
    // The team outside hears that it is closed; nobody else is told anything.
    expect(toldNow(office)).toEqual([CARE_TEAM]);
    expect(await levelNow()).toMatchObject({ level: 'reduced-for-care', contactEveryDays: 7 });
    await followUp();
    await later(4 * DAY - 1);
    expect(await levelNow()).toMatchObject({ level: 'reduced-for-care' });
    await later(4 * DAY + 2);
    expect(await levelNow()).toMatchObject({ level: 'standard', stretch: null });
    expect(toldNow(office)).toEqual([]);
    expect(await feedOf('met')).toEqual([]);
    expect(await feedOf('care-team')).toHaveLength(2);
    expect(JSON.stringify(await feedOf('care-team'))).not.toContain('sister');
    expect(await alertsOf(office, 'open')).toEqual([]);
    const { decisions } = await asked(office, `GET ${WEARER}/decisions`, { path: W_1 });
    expect(decisions.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
      'referral',
      'supervision-level',
    ]);
    await expectTimeline(office, 'mental-health-emergency');
  });

  it('cannot be closed as a breach, and reaches the police only if a person says so', async () => {
    await withCare();
    await raiseConcern();
    const [{ alertId, epoch }] = await alertsOf(office, 'acknowledged');
    await expect(
      decide('d-breach', {
        ...{ kind: 'breach-initiated', reason: 'he did not come' },
        ...{ considered: [{ kind: 'alert', id: alertId }], closes: [{ alertId, epoch }] },
      }),
    ).rejects.toThrow('disposition-not-for-class');
    expect(await feedOf('met')).toEqual([]);
    await later(-20);
    expect(toldNow(office)).toEqual([]);
  });
});
