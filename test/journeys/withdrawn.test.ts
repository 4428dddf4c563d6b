import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { HOME } from '#test/support/supervisions.ts';
import { near } from '#test/support/walks.ts';
import { closeOffice, press, toldNow } from './messages.ts';
import { AWAY, live, minute, OFFICER, ON_CALL, openOffice, send } from './office.ts';
import { expectTimeline } from './timeline.ts';

const POLICE = 'arn:police';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
  await live(office, [minute(-10), minute(3)], (at) => fix(at, AWAY));
});
afterEach(() => closeOffice(office));

/** What the device had kept arrives: somebody was home from the third minute on. */
const bringLate = async (until: number): Promise<void> => {
  await office.advanceTo(minute(until));
  const minutes = Array.from({ length: until - 3 }, (_, i) => i + 3);
  await send(office, ...minutes.map((n) => fix(minute(n), near(HOME, n))));
};

const stayHome = (from: number, to: number): Promise<void> =>
  live(office, [minute(from), minute(to)], (at) => fix(at, HOME));

describe('a violation that turns out wrong', () => {
  it('is taken back from both who were told, and told to nobody after', async () => {
    await office.advanceTo(minute(11));
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL]);
    await bringLate(11);
    const standDowns = office.takeSent();
    expect(standDowns.map(({ to }) => to)).toEqual([OFFICER, ON_CALL]);
    for (const { text } of standDowns) expect(text).toMatch(/^STAND DOWN/);
    await stayHome(11, 60);
    expect(toldNow(office)).toEqual([]);
    await expectTimeline(office, 'withdrawn');
  });

  it('is taken back from the police, too', async () => {
    await office.advanceTo(minute(16));
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE]);
    await bringLate(16);
    expect(toldNow(office)).toEqual([OFFICER, ON_CALL, POLICE]);
  });

  it('is taken back also where somebody has it in hand', async () => {
    await office.advanceTo(minute(7));
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    await bringLate(9);
    expect(toldNow(office)).toEqual([OFFICER]);
    await stayHome(9, 90);
    expect(toldNow(office)).toEqual([]);
  });

  it('of which nobody was told yet is told to nobody', async () => {
    await bringLate(4);
    await stayHome(4, 30);
    expect(toldNow(office)).toEqual([]);
  });
});
