import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { HOME } from '#test/support/supervisions.ts';
import { asked, closeAlert } from './desk.ts';
import { closeOffice, press, reply } from './messages.ts';
import { AWAY, minute, NAME, OFFICER, openOffice, send } from './office.ts';
import { expectTimeline } from './timeline.ts';

const WEARER = '+447700900009';
/** From where they are it takes a quarter of an hour. */
const WAY_MINUTES = 15;

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => closeOffice(office));

const choose = (nudges: object = {}) =>
  asked(office, 'PUT /v1/wearers/{wearerId}', {
    path: { wearerId: 'w-1' },
    body: { name: NAME, mobile: WEARER, nudges },
  });

const told: { to: string; at: Instant; text: string }[] = [];
/** What has left; an officer who is paged takes it in hand. */
const look = async (): Promise<void> => {
  for (const { to, at, text = '' } of office.takeSent()) {
    told.push({ to, at: minuteOf(at), text });
    if (to === OFFICER) await press(office, text);
  }
};
const minuteOf = (at: number): Instant => minute(Math.floor((at - minute(0)) / 60_000));

/**
 * Out in town until they are told to set off, or until they look at their watch, five minutes
 * before the curfew begins; then on the way, and at home.
 */
const liveTheEvening = async (until = minute(45)): Promise<void> => {
  told.length = 0;
  let setsOffAt = minute(-5);
  for (let now = minute(-58); now < until; now = secondsAfter(now, 60)) {
    await office.advanceTo(now);
    await look();
    const nudged = told.find(({ to }) => to === WEARER);
    if (nudged !== undefined && nudged.at < setsOffAt) setsOffAt = nudged.at;
    await send(office, fix(now, onTheWay(secondsBetween(setsOffAt, now) / (60 * WAY_MINUTES))));
  }
  await look();
};

/** Where somebody is who has gone such a share of the way home. */
const onTheWay = (share: number) => {
  const gone = Math.min(1, Math.max(0, share));
  return {
    lat: AWAY.lat + (HOME.lat - AWAY.lat) * gone,
    lon: AWAY.lon + (HOME.lon - AWAY.lon) * gone,
  };
};

const nudgesNow = async () =>
  (await asked(office, 'GET /v1/wearers/{wearerId}/nudges', { path: { wearerId: 'w-1' } })).nudges;

const alertsNow = async (status: string) =>
  (await asked(office, 'GET /v1/alerts', { query: { status } })).alerts;

describe('the same evening, lived twice', () => {
  it('whoever is nudged sets off in time, and nothing is told to anybody else', async () => {
    await choose();
    await liveTheEvening();
    expect(told.map(({ to, text }) => [to, text])).toEqual([
      [WEARER, 'It is time to set off for home. Latest: Mon 2 Mar 19:00 GMT.'],
    ]);
    expect(await alertsNow('open')).toEqual([]);
    await expectTimeline(office, 'nudge-averts');
  });

  it('whoever does without nudges comes home late, and their officer is told', async () => {
    await choose({ off: ['leave-for-home'] });
    await liveTheEvening();
    expect(told.map(({ to }) => to)).toEqual([OFFICER]);
    expect(await nudgesNow()).toMatchObject([
      { reason: 'leave-for-home', status: 'suppressed', outcome: { reason: 'opted-out' } },
    ]);
    const [alert] = await alertsNow('acknowledged');
    await closeAlert(office, alert, 'first-warning');
    await expectTimeline(office, 'nudge-not-wanted');
  });
});

describe('a wearer who texts STOP', () => {
  it('is sent nothing until they text START, and all of it is on record', async () => {
    await choose();
    await reply(office, { from: WEARER, text: 'Stop' });
    await reply(office, { from: WEARER, text: 'Stop', id: 'text-2' });
    await liveTheEvening(minute(-3));
    expect(told).toEqual([]);
    expect(await nudgesNow()).toMatchObject([{ outcome: { reason: 'texts-stopped' } }]);
    await reply(office, { from: WEARER, text: 'start', id: 'text-3' });
    const types = office.itemsOf('record').map(({ type }) => type?.S ?? '');
    expect(types.filter((type) => /^texts-/.test(type))).toEqual([
      'texts-stopped',
      'texts-stopped',
      'texts-started',
    ]);
  });
});

describe('a nudge in quiet hours', () => {
  const quiet = (end: string) => ({
    quietHours: { timeZone: 'Europe/London', windows: [{ days: ['mon'], start: '18:00', end }] },
  });

  it('is held until they end, and goes out once', async () => {
    await choose(quiet('18:45'));
    await liveTheEvening(minute(-5));
    expect(told.map(({ to, at }) => [to, secondsBetween(at, minute(0)) / 60])).toEqual([
      [WEARER, 14],
    ]);
    const types = office.itemsOf('record').map(({ type }) => type?.S ?? '');
    expect(types.filter((type) => /^nudge-/.test(type)).toSorted()).toEqual([
      'nudge-held',
      'nudge-put',
      'nudge-sent',
    ]);
  });

  it('that end too late is not sent, and says why', async () => {
    await choose(quiet('21:00'));
    await liveTheEvening(minute(-4));
    expect(told).toEqual([]);
    expect(await nudgesNow()).toMatchObject([{ outcome: { reason: 'quiet-until-too-late' } }]);
  });
});
