import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DAY_SECONDS, type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { Block } from '#domain/report/block.ts';
import type { ReportContent } from '#domain/report/document.ts';
import { contentOf } from '#functions/report/content-of.ts';
import { reportReaders } from '#functions/report/readers.ts';
import { fix } from '#test/support/events.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { asking } from '#test/support/report-facts.ts';
import { at, HOME } from '#test/support/supervisions.ts';
import { asked, closeAlert } from './desk.ts';
import { closeOffice, press } from './messages.ts';
import { AWAY, OFFICER, openOffice, send } from './office.ts';
import { expectTimeline } from './timeline.ts';

/** Ten weeks over the night in March on which clocks are put forward. */
const NIGHTS = 70;
const FIRST_EVENING = at('2026-03-02T19:00:00Z');
const LATE_NIGHT = 16;
/** From here on seven in the evening comes an hour earlier in UTC. */
const SUMMER = at('2026-03-29T01:00:00Z');

const FROM = toIso(secondsAfter(FIRST_EVENING, -19 * 3600));

const path = { wearerId: 'w-1' };
const tables = { monitoring: 'monitoring', record: 'record', state: 'state', trail: 'trail' };

let office: Pipeline;
beforeEach(async () => {
  // The device says where it is every four hours: that is enough to be at home by.
  office = await openOffice({ order: { reportingIntervalSeconds: 14_400 } });
});
afterEach(() => closeOffice(office));

/** The clock goes on at once: nothing is due that has not been looked at when it was sent. */
const jumpTo = (when: Instant): void => {
  vi.setSystemTime(when);
};

const isThere = async (when: Instant, where: { lat: number; lon: number }): Promise<void> => {
  jumpTo(when);
  await office.advanceTo(when);
  await send(office, fix(when, where));
};

const curfewOf = (night: number): Instant => {
  const winter = secondsAfter(FIRST_EVENING, night * DAY_SECONDS);
  return winter < SUMMER ? winter : secondsAfter(winter, -3600);
};

const minuteFrom = (curfew: Instant, minute: number): Instant => secondsAfter(curfew, 60 * minute);

const nightAtHome = async (curfew: Instant): Promise<void> => {
  for (const minute of [-5, -1, 480]) await isThere(minuteFrom(curfew, minute), HOME);
};

/** Forty minutes late, once: the officer is told, hears why, and gives a warning. */
const lateNight = async (curfew: Instant): Promise<void> => {
  for (let minute = -3; minute < 8; minute += 1) await isThere(minuteFrom(curfew, minute), AWAY);
  await office.advanceTo(minuteFrom(curfew, 9));
  const [page, ...others] = office.takeSent();
  expect([page?.to, ...others]).toEqual([OFFICER]);
  await press(office, page?.text ?? '');
  for (let minute = 40; minute < 60; minute += 1) await isThere(minuteFrom(curfew, minute), HOME);
  const [alert] = (await asked(office, 'GET /v1/alerts', { query: { status: 'acknowledged' } }))
    .alerts;
  await closeAlert(office, alert, 'first-warning');
  for (const minute of [240, 480, 700]) await isThere(minuteFrom(curfew, minute), HOME);
};

const plan = (achievedAt: string | null) => ({
  ...{ by: 'officer', agreedAt: '2026-03-02T17:00:00Z', nextReviewAt: '2026-06-01T09:00:00Z' },
  goals: [
    {
      ...{ goalId: 'work', kind: 'employment', aim: 'Work at the bakery', achievedAt },
      steps: [
        { stepId: 'apply', aim: 'Apply', achievedAt: achievedAt && '2026-03-20T12:00:00Z' },
        { stepId: 'trial', aim: 'A trial week', achievedAt },
      ],
    },
    { goalId: 'home', kind: 'housing', aim: 'A flat of their own' },
  ],
});

const putPlan = (achievedAt: string | null) =>
  asked(office, 'PUT /v1/wearers/{wearerId}/plan', { path, body: plan(achievedAt) });

/** What the officer writes for the board: all but one section. */
const writeSections = () =>
  asked(office, 'PUT /v1/wearers/{wearerId}/parole-reports/{reportId}', {
    path: { ...path, reportId: 'june' },
    body: {
      ...{ by: 'officer', hearingAt: '2026-06-10T10:00:00Z' },
      sections: {
        interviews: { text: 'Seen three times. Speaks openly of the offence.', by: 'officer' },
        releasePlan: { text: 'To live with an aunt.\nWork at the bakery.', by: 'officer' },
        assessment: { text: 'Medium risk of serious harm.', by: 'officer' },
        recommendation: { text: 'Release, with a curfew for three months.', by: 'officer' },
      },
    },
  });

/** Asked for through the API, and made by what the function makes it with. */
const reportAsked = async (): Promise<ReportContent> => {
  const until = toIso(curfewOf(NIGHTS));
  await asked(office, 'PUT /v1/wearers/{wearerId}/reports/{reportId}', {
    path: { ...path, reportId: 'hearing' },
    body: { kind: 'parole-report', from: FROM, until, by: 'officer', why: 'the hearing in June' },
  });
  const readers = reportReaders({
    client: new DynamoDBClient({ region: 'eu-west-2' }),
    ...{ tables, objects: fakeObjects().objects, forces: [], falseCallBudget: 2 },
    now: () => instant(Date.now()),
  });
  const more = { kind: 'parole-report', reportId: 'hearing', askedAt: Date.now() };
  return contentOf(readers)(asking(FROM, until, more));
};

/** Who has looked at the report, and why, as it stands on record. */
const readingsOf = (reportId: string): unknown[] =>
  office
    .itemsOf('record')
    .filter(({ pk, body }) => pk?.S?.includes('READINGS') && body?.S?.includes(reportId))
    .map(({ body }) => JSON.parse(body?.S ?? '{}'));

const blocksOf = ({ sections }: ReportContent, heading: string): readonly Block[] =>
  sections.filter((one) => one.heading === heading).flatMap(({ blocks }) => blocks);

const textOf = (value: unknown): string => JSON.stringify(value);

it('a parole board is told of the plan, what went well, and what nobody wrote', async () => {
  office.settings.sweeps = false;
  await putPlan(null);
  for (let night = 0; night < NIGHTS; night += 1) {
    const curfew = curfewOf(night);
    await (night === LATE_NIGHT ? lateNight(curfew) : nightAtHome(curfew));
  }
  jumpTo(minuteFrom(curfewOf(NIGHTS - 1), 900));
  await putPlan('2026-04-10T12:00:00Z');
  await writeSections();
  const report = await reportAsked();
  expect(report.sections[0]?.heading).toBe('The plan, and what was achieved');
  expect(textOf(blocksOf(report, 'The plan, and what was achieved')[0])).toContain(
    'Work at the bakery',
  );
  const written = report.sections.find(({ heading }) => heading === 'What the officer reports');
  expect(written?.parts.map(({ heading, blocks }) => [heading, blocks[0]?.kind])).toEqual([
    ['Interviews with the person', 'paragraph'],
    ['Behaviour in custody', 'missing'],
    ['Release and risk management plan', 'paragraph'],
    ['Assessment of risk', 'paragraph'],
    ['Recommendation', 'paragraph'],
  ]);
  expect(textOf(blocksOf(report, 'What went well'))).toContain('70 of 71');
  const [wrong] = blocksOf(report, 'What went wrong');
  expect(textOf(wrong)).toContain('closed by officer: first warning, spoken to');
  expect(wrong).toMatchObject({ kind: 'table', rows: [expect.any(Array)] });
  await asked(office, 'GET /v1/wearers/{wearerId}/reports/{reportId}', {
    path: { ...path, reportId: 'hearing' },
    query: { by: 'manager', reason: 'before it goes to the board' },
  });
  expect(readingsOf('hearing')).toMatchObject([
    { by: 'manager', reason: 'before it goes to the board' },
  ]);
  await expectTimeline(office, 'parole-report');
});
