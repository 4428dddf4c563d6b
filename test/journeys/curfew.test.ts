import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { HOME } from '#test/support/supervisions.ts';
import { closeOffice, linkIn, pagedOfficer, toldNow } from './messages.ts';
import {
  AWAY,
  CURFEW,
  live,
  MANAGER,
  minute,
  NAME,
  ON_CALL,
  openOffice,
  stayOut,
} from './office.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => closeOffice(office));

describe('when somebody is not home for their curfew', () => {
  it('the officer is paged once the grace has passed, with a link', async () => {
    const { at, text } = await pagedOfficer(office);
    expect(text).toContain(`${NAME} (w-1) not home at curfew start`);
    expect(linkIn(text)).toMatch(/^demo\.[\w-]{22}$/);
    const afterSeconds = secondsBetween(CURFEW, at);
    expect(afterSeconds).toBeGreaterThanOrEqual(300);
    expect(afterSeconds).toBeLessThanOrEqual(360);
  });

  it('on-call is paged 5 minutes later, the police after 10, and then the manager', async () => {
    const { at } = await pagedOfficer(office);
    await office.advanceTo(secondsAfter(at, 45 * 60));
    expect(office.takeSent().map((page) => [page.to, page.at])).toEqual([
      [ON_CALL, secondsAfter(at, 5 * 60)],
      ['arn:police', secondsAfter(at, 10 * 60)],
      [MANAGER, secondsAfter(at, 25 * 60)],
      [MANAGER, secondsAfter(at, 40 * 60)],
    ]);
  });
});

describe('somebody who is home', () => {
  it('gives nobody any trouble', async () => {
    await live(office, [minute(-10), minute(30)], (at) => fix(at, HOME));
    expect(toldNow(office)).toEqual([]);
  });
});

describe('what is logged on the way', () => {
  it('holds no name, no position, no phone number and no link', async () => {
    await stayOut(office);
    await office.advanceTo(minute(60));
    expect(toldNow(office)).toContain(MANAGER);
    const log = office.lines.join('\n');
    expect(log).toContain('page sent');
    expect(log).toContain('w-1');
    for (const secret of [NAME, 'Bloggs', 'Sam Field', '+447', 'acknowledge/', String(AWAY.lat)]) {
      expect(log).not.toContain(secret);
    }
    expect(log).not.toMatch(/\b51\.5\d*|-0\.1\d*\b/);
  });
});
