import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fix } from '#test/support/events.ts';
import type { Pipeline, Stage } from '#test/support/fakes/pipeline.ts';
import { HOME } from '#test/support/supervisions.ts';
import { closeOffice, press } from './messages.ts';
import { AWAY, live, minute, OFFICER, openOffice } from './office.ts';

const DUTY_MANAGER = 'arn:duty-manager';
const LOST = 'The test alert did not come back';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice({ opensAt: minute(-20), isWatched: true });
});
afterEach(() => closeOffice(office));

/** What the duty manager was told since the last look; nobody else was told anything. */
const notices = (): string[] => {
  const sent = office.takeSent();
  expect(sent.filter(({ to }) => to !== DUTY_MANAGER)).toEqual([]);
  return sent.map(({ text }) => text);
};

/** Somebody is at home, and says so each minute. */
const stayHome = (from: number, to: number): Promise<void> =>
  live(office, [minute(from), minute(to)], (at) => fix(at, HOME));

describe('a system that is well', () => {
  it('tells the duty manager nothing, nor anybody else', async () => {
    await stayHome(-15, 10);
  });
});

/** What is wrong by some notices, a line each. */
const faultsIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    [...text.matchAll(/^([^:,\n]+)(: .+)?, since .*\.$/gm)].map(([, what = '']) => what),
  );

describe.each<readonly [string, Stage, readonly string[]]>([
  ['no events are accepted', 'ingest', ['Events are not accepted']],
  ['nothing is evaluated', 'evaluate', [LOST, 'Evaluation is late']],
  ['nothing is escalated', 'escalate', [LOST, 'Escalation is late']],
  ['no page is sent', 'notify', [LOST, 'Paging is late']],
])('from when %s (PagerDuty, September 2014)', (_, stage, faults) => {
  it('the duty manager hears of it in five minutes, once, and when it is over', async () => {
    await stayHome(-15, -5);
    office.settings.down.add(stage);
    await office.advanceTo(minute(0));
    const first = notices();
    expect(first[0]).toMatch(/^Homeward demo is blind since 18:5\d UTC/);
    expect(first.join()).not.toContain('homeward-canary');
    expect(faults).toContain(faultsIn(first)[0]);

    await office.advanceTo(minute(2));
    expect(faultsIn([...first, ...notices()])).toEqual(faults);

    office.settings.down.delete(stage);
    await office.advanceTo(minute(7));
    const [back = '', ...others] = notices();
    expect(back).toMatch(/^Homeward demo sees again .* It was blind for \d+ min/);
    expect(faultsIn([back])).toEqual(faults);
    expect(others).toEqual([]);
  });
});

describe('an alert that could not be told in time', () => {
  it('is named to the duty manager, and told when paging is back', async () => {
    await live(office, [minute(-10), minute(4)], (at) => fix(at, AWAY));
    office.settings.down.add('notify');
    await live(office, [minute(4), minute(9)], (at) => fix(at, AWAY));
    const told = notices();
    expect(faultsIn(told)).toEqual([LOST, 'Paging is late']);

    office.settings.down.delete('notify');
    await office.advanceTo(minute(9.5));
    const [page, ...others] = office.takeSent();
    expect([page?.to, ...others]).toEqual([OFFICER]);
    expect(page?.text).toContain('not home at curfew start');
    await press(office, page?.text ?? '');
    await office.advanceTo(minute(14));
    const back = notices();
    expect(back).toEqual([expect.stringMatching(/sees again.*Paging is late.*w-1\.home\./s)]);
  });
});

describe('head-ends of which nothing comes any more', () => {
  it('are told to the duty manager, and that something is heard again', async () => {
    await stayHome(-15, -5);
    await office.advanceTo(minute(9));
    expect(notices()).toEqual([]);
    await office.advanceTo(minute(14));
    expect(faultsIn(notices())).toEqual(['Nothing comes of any head-end']);
    await stayHome(14, 18);
    expect(notices()).toEqual([
      expect.stringMatching(/sees again.*Nothing comes of any head-end/s),
    ]);
  });
});
