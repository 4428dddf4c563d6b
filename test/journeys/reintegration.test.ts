import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it, vi } from 'vitest';
import { DAY_SECONDS, type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { nextAtTime } from '#domain/time/time-of-day.ts';
import { contentOf } from '#functions/report/content-of.ts';
import { reportReaders } from '#functions/report/readers.ts';
import { fix } from '#test/support/events.ts';
import { fakeObjects } from '#test/support/fakes/fake-objects.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { asking } from '#test/support/report-facts.ts';
import { at, HOME } from '#test/support/supervisions.ts';
import { asked } from './desk.ts';
import { closeOffice } from './messages.ts';
import { NAME, openOffice, send } from './office.ts';
import { expectTimeline } from './timeline.ts';

const WEARER = '+447700900009';
const PLACE = { label: 'probation office', lat: 51.52, lon: -0.11 };
const timeZone = 'Europe/London';
/** A Monday; half a year later the order is over. Clocks go forward in between. */
const BEGINS = at('2026-01-05T00:00:00Z');
const DAYS = 182;
/** When clocks show so many minutes after midnight on a day of the order. */
const dayAt = (day: number, minutes: number): Instant => {
  const morning = nextAtTime(secondsAfter(BEGINS, day * DAY_SECONDS), { timeZone, minutes: 480 });
  return secondsAfter(morning, 60 * (minutes - 480));
};
const ENDS = dayAt(DAYS, 0);

/** Every fourth Wednesday at ten. */
const MEETING_DAYS = [2, 30, 58, 86, 114, 142, 170];
const MEETINGS = MEETING_DAYS.map((day) => dayAt(day, 600));

const path = { wearerId: 'w-1' };
let office: Pipeline;
afterEach(() => closeOffice(office));

const open = async (): Promise<void> => {
  office = await openOffice({
    opensAt: secondsAfter(BEGINS, -3_600),
    order: {
      ...{ startsAt: toIso(BEGINS), endsAt: toIso(ENDS), timeZone },
      // The device says where it is every four hours: that is enough to be at home by.
      reportingIntervalSeconds: 14_400,
      conditions: [
        { conditionId: 'home', kind: 'curfew', timetableId: 'night', place: HOME },
        {
          ...{ conditionId: 'meetings', kind: 'mandatory-attendance', purpose: 'supervision' },
          place: PLACE,
          appointments: MEETINGS.map((from) => ({
            ...{ from: toIso(from), until: toIso(secondsAfter(from, 3_600)) },
          })),
        },
      ],
    },
  });
  // Nobody is woken in between: what is due falls due at the next event.
  office.settings.sweeps = false;
  await asked(office, 'PUT /v1/wearers/{wearerId}', { path, body: { name: NAME, mobile: WEARER } });
};

const come = async (when: Instant): Promise<void> => {
  vi.setSystemTime(when);
  await office.advanceTo(when);
};

const isThere = async (when: Instant, where: { lat: number; lon: number }): Promise<void> => {
  await come(when);
  await send(office, fix(when, where));
};

/** A day on which all is kept: the night at home, and by day the meeting, if there is one. */
const liveDay = async (day: number): Promise<void> => {
  await isThere(dayAt(day, 180), HOME);
  if (MEETING_DAYS.includes(day)) {
    for (const minutes of [598, 601, 605, 620, 640, 659, 661]) {
      await isThere(dayAt(day, minutes), PLACE);
    }
    for (const minutes of [690, 692, 700]) await isThere(dayAt(day, minutes), HOME);
  }
  if (MEETING_DAYS.includes(day + 1)) await come(dayAt(day, 1_020));
  for (const minutes of [1_135, 1_139]) await isThere(dayAt(day, minutes), HOME);
};

const whatTheySaid = async (): Promise<[to: string, text: string][]> =>
  office.takeSent().map(({ to, text = '' }) => [to, text]);

const progress = async (from: Instant, to: Instant) =>
  asked(office, 'GET /v1/wearers/{wearerId}/progress', {
    ...{ path, query: { from: toIso(from), to: toIso(to) } },
  });

/** The log of each week, as it would be made on the Monday after it. */
const weeklyLogs = async (): Promise<string[]> => {
  const readers = reportReaders({
    client: new DynamoDBClient({ region: 'eu-west-2' }),
    ...{ tables: { monitoring: 'monitoring', record: 'record', state: 'state', trail: 'trail' } },
    ...{ objects: fakeObjects().objects, forces: [], falseCallBudget: 2 },
    now: () => instant(Date.now()),
  });
  const logs: string[] = [];
  for (let day = 0; day < DAYS; day += 7) {
    const [from, until] = [toIso(dayAt(day, 0)), toIso(dayAt(day + 7, 0))];
    const more = { kind: 'weekly-log', askedAt: Date.now() };
    logs.push(JSON.stringify(await contentOf(readers)(asking(from, until, more))));
  }
  return logs;
};

it('six months in which everything is kept end in an order completed without breach', async () => {
  await open();
  const told: [to: string, text: string][] = [];
  for (let day = 0; day < DAYS; day += 1) {
    await liveDay(day);
    told.push(...(await whatTheySaid()));
  }
  const forecast = await asked(office, 'GET /v1/wearers/{wearerId}/forecast', { path });
  expect(forecast.probability).toBeLessThan(0.2);
  await come(dayAt(DAYS, 600));
  told.push(...(await whatTheySaid()));

  // Nothing was told to anybody but what must be: of each meeting, the wearer, on the day before.
  expect(told.map(([to]) => to)).toEqual(MEETINGS.map(() => WEARER));
  expect(told[3]?.[1]).toBe('Reminder: you have an appointment. Be there by: Wed 1 Apr 10:00 BST.');
  const whole = await progress(BEGINS, ENDS);
  expect(whole).toMatchObject({
    days: { counted: DAYS, clear: DAYS, withViolation: 0, unobserved: 0, longestRun: DAYS },
    appointments: { kept: MEETINGS.length, late: 0, missed: 0, excused: 0, unclear: 0 },
    violations: { counted: 0, excused: 0, withdrawn: 0 },
    orders: [{ orderId: 'o-1', course: 'completed-without-breach' }],
  });
  // Of the first night nothing was heard before three.
  expect(whole.curfewMinutes).toMatchObject({ broken: 0, unobserved: 180, keptPercent: 100 });
  const logs = await weeklyLogs();
  expect(logs).toHaveLength(26);
  for (const log of logs) expect(log).toContain('No violation that a person must take in hand.');
  await expectTimeline(office, 'reintegration');
});
