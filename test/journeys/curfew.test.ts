import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';
import { HOME } from '#test/support/supervisions.ts';
import { near } from '#test/support/walks.ts';
import {
  AWAY,
  CURFEW,
  linkIn,
  live,
  MANAGER,
  NAME,
  OFFICER,
  ON_CALL,
  openOffice,
  send,
} from './office.ts';

const away = (at: Instant): DeviceEvent => fix(at, AWAY);
const minute = (n: number): Instant => secondsAfter(CURFEW, 60 * n);

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => {
  // Every message that left has been looked at by its journey: nobody is told by surprise.
  expect(office.takeSent()).toEqual([]);
  office.stop();
});

const sentTo = (pipeline: Pipeline): string[] => pipeline.takeSent().map(({ to }) => to);

/** Somebody is out when the curfew starts and stays out. Returns when the officer was paged. */
const stayOut = async (): Promise<Instant> => {
  await live(office, [minute(-10), minute(8)], away);
  const pages = office.takeSent();
  expect(pages.map(({ to }) => to)).toEqual([OFFICER]);
  return instant(pages[0]?.at ?? 0);
};

describe('when somebody is not home for their curfew', () => {
  it('the officer is paged once the grace has passed, with a link', async () => {
    await live(office, [minute(-10), minute(8)], away);
    const [page, ...others] = office.takeSent();
    expect(others).toEqual([]);
    expect(page?.text).toContain(`${NAME} (w-1) not home at curfew start`);
    expect(linkIn(page?.text ?? '')).toMatch(/^demo\.[\w-]{22}$/);
    const afterSeconds = secondsBetween(CURFEW, instant(page?.at ?? 0));
    expect(afterSeconds).toBeGreaterThanOrEqual(300);
    expect(afterSeconds).toBeLessThanOrEqual(360);
  });

  it('on-call is paged 5 minutes later, the police after 10, and then the manager', async () => {
    const pagedAt = await stayOut();
    const heard: [string, number][] = [];
    for (let n = 1; n <= 45; n += 1) {
      const at = secondsAfter(pagedAt, 60 * n);
      await office.advanceTo(at);
      heard.push(...office.takeSent().map(({ to }): [string, number] => [to, n]));
    }
    expect(heard).toEqual([
      [ON_CALL, 5],
      ['arn:police', 10],
      [MANAGER, 25],
      [MANAGER, 40],
    ]);
  });
});

describe('an acknowledgement', () => {
  const acknowledge = async (): Promise<Instant> => {
    await live(office, [minute(-10), minute(8)], away);
    const [page] = office.takeSent();
    const path = { link: linkIn(page?.text ?? '') };
    const response = await office.ask('POST /v1/acknowledge/{link}', { path });
    expect(response.statusCode).toBe(200);
    return minute(7);
  };

  it('by the link of the page stops paging, and its step runs again when it expires', async () => {
    const at = await acknowledge();
    await office.advanceTo(secondsAfter(at, 3_600 - 30));
    expect(sentTo(office)).toEqual([]);
    await office.advanceTo(secondsAfter(at, 3_600 + 90));
    expect(sentTo(office)).toEqual([OFFICER]);
  });

  it('is for good once the alert has been closed', async () => {
    await acknowledge();
    const list = await office.ask('GET /v1/alerts', {
      who: ADMINISTRATOR,
      query: { status: 'acknowledged' },
    });
    const [{ alertId, epoch }] = JSON.parse(list.body).alerts;
    const body = { personId: 'officer', epoch, disposition: 'first-warning', reason: 'spoken to' };
    const closed = await office.ask('POST /v1/alerts/{alertId}/close', {
      who: ADMINISTRATOR,
      path: { alertId },
      body,
    });
    expect(closed.statusCode).toBe(200);
    await office.advanceTo(secondsAfter(minute(7), 7_200));
    expect(sentTo(office)).toEqual([]);
  });
});

describe('a violation that turns out wrong', () => {
  it('stands everybody down who was told, and pages nobody after', async () => {
    await live(office, [minute(-10), minute(3)], away);
    await office.advanceTo(minute(11));
    expect(sentTo(office)).toEqual([OFFICER, ON_CALL]);
    const late = [3, 4, 5, 6, 7, 8, 9, 10].map((n) => fix(minute(n), near(HOME, n)));
    await send(office, ...late);
    const standDowns = office.takeSent();
    expect(standDowns.map(({ to }) => to)).toEqual([OFFICER, ON_CALL]);
    for (const { text } of standDowns) expect(text).toMatch(/^STAND DOWN/);
    await live(office, [minute(11), minute(40)], (at) => fix(at, HOME));
  });
});

describe('somebody who is home', () => {
  it('gives nobody any trouble all night', async () => {
    await live(office, [minute(-10), minute(30)], (at) => fix(at, HOME));
    expect(sentTo(office)).toEqual([]);
  });
});

describe('what is logged on the way', () => {
  it('holds no name, no position, no phone number and no link', async () => {
    await stayOut();
    await office.advanceTo(minute(60));
    office.takeSent();
    const log = office.lines.join('\n');
    expect(log).toContain('page sent');
    expect(log).toContain('w-1');
    for (const secret of [NAME, 'Bloggs', 'Sam Field', '+447', 'acknowledge/', String(AWAY.lat)]) {
      expect(log).not.toContain(secret);
    }
    expect(log).not.toMatch(/\b51\.5\d*|-0\.1\d*\b/);
  });
});
