import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { asked, closeAlert } from '#test/journeys/desk.ts';
import { AWAY, minute, openOffice, send } from '#test/journeys/office.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { HOME } from '#test/support/supervisions.ts';

let office: Pipeline;
afterEach(() => office.stop());

/** One who reports each four minutes, is out for forty minutes at nine, and goes dark at three. */
const liveTheNight = async (): Promise<void> => {
  for (let n = -20; n < 12 * 60; n += 4) {
    await office.advanceTo(minute(n));
    const isOut = n >= 120 && n < 160;
    if (n < 8 * 60) await send(office, fix(minute(n), isOut ? AWAY : HOME));
  }
  await office.advanceTo(minute(13 * 60));
};

const progress = (from: Instant, to?: Instant, more = {}) =>
  office.ask('GET /v1/wearers/{wearerId}/progress', {
    who: ADMINISTRATOR,
    path: { wearerId: 'w-1' },
    query: { from: toIso(from), ...(to && { to: toIso(to) }), ...more },
  });

const measured = async (from: Instant, to?: Instant) =>
  Object(JSON.parse((await progress(from, to)).body));

describe('the progress of a wearer', () => {
  it('tells what was kept, what was broken, and what nobody saw of a night', async () => {
    office = await openOffice();
    await liveTheNight();
    const { curfewMinutes, days, violations, timeZone } = await measured(minute(-60));
    expect(timeZone).toBe('Europe/London');
    // Seen until twelve minutes after the last fix, at 02:56; one fix alone shows no absence.
    expect(curfewMinutes).toMatchObject({ bound: 720, broken: 36, unobserved: 720 - 484 });
    expect(curfewMinutes.kept).toBe(448);
    expect(curfewMinutes.keptPercent).toBe(92.5);
    expect(violations.counted).toBe(1);
    expect(days).toMatchObject({ counted: 2, withViolation: 1, clear: 1, longestRun: 1 });
  });

  it('holds an absence against nobody that its officer found explained', async () => {
    office = await openOffice();
    await liveTheNight();
    const { alerts } = await asked(office, 'GET /v1/alerts', { query: { status: 'open' } });
    await closeAlert(office, alerts[0], 'no-action-explained');
    const { curfewMinutes, days, violations } = await measured(minute(-60));
    expect(curfewMinutes).toMatchObject({ broken: 0, excused: 36, kept: 448, keptPercent: 100 });
    expect(violations).toMatchObject({ counted: 0, excused: 1 });
    expect(days).toMatchObject({ withViolation: 0, longestRun: 2 });
  });

  it('of the same night in parts comes to the whole', async () => {
    office = await openOffice();
    await liveTheNight();
    const whole = await measured(minute(0), minute(720));
    const parts = [
      await measured(minute(0), minute(150)),
      await measured(minute(150), minute(720)),
    ];
    for (const name of ['bound', 'kept', 'broken', 'unobserved']) {
      const sum = parts.reduce((all, { curfewMinutes }) => all + curfewMinutes[name], 0);
      expect([name, sum]).toEqual([name, whole.curfewMinutes[name]]);
    }
  });

  it('says of a time before there was anything that there was nothing', async () => {
    office = await openOffice();
    const { unknown, days } = await measured(secondsAfter(minute(0), -90 * 86_400), minute(-61));
    expect(days).toMatchObject({ clear: 0, withViolation: 0 });
    expect(unknown.map(({ what }: { what: string }) => what)).toContain('nothing-seen');
  });

  it('is refused for what lies ahead, for more than a year, and of nobody known', async () => {
    office = await openOffice();
    expect((await progress(minute(-60), minute(0))).statusCode).toBe(422);
    const year = secondsAfter(minute(-60), -367 * 86_400);
    expect((await progress(year)).statusCode).toBe(422);
    const nobody = await office.ask('GET /v1/wearers/{wearerId}/progress', {
      ...{ who: ADMINISTRATOR, path: { wearerId: 'w-9' }, query: { from: toIso(minute(-90)) } },
    });
    expect(nobody.statusCode).toBe(404);
  });
});

describe('the usual periods of a wearer’s progress', () => {
  const named = (periods: string, more = {}) =>
    office.ask('GET /v1/wearers/{wearerId}/progress', {
      who: ADMINISTRATOR,
      path: { wearerId: 'w-1' },
      query: { periods, ...more },
    });

  it('come in one answer, each as it is asked for by itself', async () => {
    office = await openOffice();
    await liveTheNight();
    const names = ['last-7-days', 'last-30-days', 'since-fitted'];
    const { periods, missing } = JSON.parse((await named(names.join())).body);
    expect(missing).toEqual([]);
    expect(periods.map(({ name }: { name: string }) => name)).toEqual(names);
    for (const { name, ...one } of periods) {
      const alone = await progress(instant(Date.parse(one.from)), instant(Date.parse(one.to)));
      expect(one, name).toEqual(JSON.parse(alone.body));
    }
    expect(periods[0].from).toBe('2026-02-25T00:00:00.000Z');
  });

  it.each([
    ['a name that there is none of', 'last-week', {}],
    ['none', '', {}],
    ['a beginning of its own beside a name', 'last-7-days', { from: '2026-03-01T00:00:00Z' }],
  ])('are refused with %s', async (_, periods, more) => {
    office = await openOffice();
    expect((await named(periods, more)).statusCode).toBe(422);
  });
});
