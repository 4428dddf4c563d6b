import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { closeOffice, pagedOfficer, press } from './messages.ts';
import { OFFICER, ON_CALL, openOffice } from './office.ts';

const HOUR = 3_600;
/** Whatever any one timer loses the next has done by then. */
const LATE_SECONDS = 90;

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice({ policy: { acknowledgementSeconds: 2 * HOUR } });
});
afterEach(() => closeOffice(office));

/** Who is told next, and how long after they should have been. */
const nextAfter = async (dueAt: Instant): Promise<readonly [to: string, lateSeconds: number]> => {
  await office.advanceTo(secondsAfter(dueAt, -1));
  expect(office.takeSent()).toEqual([]);
  await office.advanceTo(secondsAfter(dueAt, LATE_SECONDS));
  const [page] = office.takeSent();
  return [page?.to ?? '', secondsBetween(dueAt, instant(page?.at ?? 0))];
};

describe.each([
  ['every timer works', {}, 1],
  ['delayed messages are lost', { delays: true }, LATE_SECONDS],
  ['schedules are lost', { schedules: true }, LATE_SECONDS],
  ['both are lost', { delays: true, schedules: true }, LATE_SECONDS],
  ['no sweep runs', { sweeps: false }, 1],
])('when %s', (_, settings, mostSeconds) => {
  it('the next step is run, at most so late', async () => {
    Object.assign(office.settings, settings);
    const { at } = await pagedOfficer(office);
    const [to, lateSeconds] = await nextAfter(secondsAfter(at, 300));
    expect(to).toBe(ON_CALL);
    expect(lateSeconds).toBeLessThanOrEqual(mostSeconds);
  });

  it('an acknowledgement of hours ends, at most so late', async () => {
    Object.assign(office.settings, settings);
    const { text } = await pagedOfficer(office);
    await press(office, text);
    const takenAt = instant(Date.now());
    const [to, lateSeconds] = await nextAfter(secondsAfter(takenAt, 2 * HOUR));
    expect(to).toBe(OFFICER);
    expect(lateSeconds).toBeLessThanOrEqual(mostSeconds);
  });
});
