import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#domain/model/instant.ts';
import { createActivity } from '#local/cloud/activity.ts';
import { createAgenda } from '#local/cloud/agenda.ts';
import { type ClockSetting, createClock } from '#local/cloud/clock/clock.ts';

const start = instant(Date.parse('2026-03-01T00:00:00Z'));
const later = (milliseconds: number): Instant => instant(start + milliseconds);

const agendaOn = (setting: ClockSetting) => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const clock = createClock(setting);
  const activity = createActivity(log);
  const agenda = createAgenda({ clock, activity, log });
  clock.follow({ nextDueAt: agenda.nextDueAt, settled: activity.settled });
  return { clock, agenda, activity, lines };
};

const stoppedAgenda = () => agendaOn({ mode: 'stopped', startAt: start });

describe('given a stopped clock', () => {
  it('shows the same time until it is moved', async () => {
    const { clock } = stoppedAgenda();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(clock.now()).toBe(start);
    await clock.advanceBy(1500);
    expect(clock.now()).toBe(start + 1500);
  });

  it('runs what is held when its time comes, and not before', async () => {
    const { clock, agenda } = stoppedAgenda();
    const ran: number[] = [];
    const run = (): void => void ran.push(clock.now());
    agenda.add({ dueAt: later(1000), kind: 'delay', label: 'one', run });
    await clock.advanceTo(later(999));
    expect(ran).toEqual([]);
    await clock.advanceTo(later(1000));
    expect(ran).toEqual([start + 1000]);
  });

  it('runs in one advance what is added on the way, at its own time', async () => {
    const { clock, agenda } = stoppedAgenda();
    const ran: number[] = [];
    const arm = (milliseconds: number): void => {
      const run = (): void => {
        ran.push(clock.now() - start);
        if (milliseconds < 5000) arm(milliseconds + 1000);
      };
      agenda.add({ dueAt: later(milliseconds), kind: 'rule', label: 'each second', run });
    };
    arm(1000);
    await clock.advanceTo(later(3500));
    expect(ran).toEqual([1000, 2000, 3000]);
    expect(agenda.nextDueAt()).toBe(start + 4000);
  });

  it('lets each thing finish before the clock moves on', async () => {
    const { clock, agenda } = stoppedAgenda();
    const seen: number[] = [];
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(clock.now() - start);
    };
    agenda.add({ dueAt: later(10), kind: 'delay', label: 'slow', run: slow });
    agenda.add({ dueAt: later(20), kind: 'delay', label: 'next', run: () => undefined });
    await clock.advanceTo(later(100));
    expect(seen).toEqual([10]);
  });

  it('runs everything once, in order of its time, however it was added', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(times, async (dues) => {
        const { clock, agenda } = stoppedAgenda();
        const ran: number[] = [];
        for (const due of dues) {
          const run = (): void => void ran.push(due);
          agenda.add({ dueAt: later(due), kind: 'delay', label: `${due}`, run });
        }
        await clock.advanceTo(later(50));
        expect(ran).toEqual(dues.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  it('does not run what was taken off', async () => {
    const { clock, agenda } = stoppedAgenda();
    const ran: string[] = [];
    const run = (): void => void ran.push('ran');
    const cancel = agenda.add({ dueAt: later(10), kind: 'schedule', label: 'x', run });
    cancel();
    await clock.advanceTo(later(20));
    expect([ran, agenda.nextDueAt()]).toEqual([[], undefined]);
  });

  it('goes on when something held fails, and says so', async () => {
    const { clock, agenda, lines } = stoppedAgenda();
    const run = (): never => {
      throw new Error('broken');
    };
    agenda.add({ dueAt: later(10), kind: 'delay', label: 'bad', run });
    await clock.advanceTo(later(20));
    expect(lines).toEqual(['delay "bad" failed: Error: broken']);
  });

  it('refuses to go back', () => {
    const { clock } = stoppedAgenda();
    expect(() => clock.jumpTo(instant(start - 1))).toThrow(/cannot go back/);
  });

  it("translates the machine's time stamps to what it showed then", async () => {
    const { clock } = stoppedAgenda();
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 3));
    clock.jumpTo(later(60_000));
    expect([clock.fromReal(before), clock.fromReal(Date.now())]).toEqual([start, start + 60_000]);
  });
});

describe('given a clock that runs by itself', () => {
  it('runs faster than the machine and fires in its own time', async () => {
    const { clock, agenda } = agendaOn({ mode: 'rate', rate: 1000, startAt: start });
    const ranAt = await new Promise<number>((resolve) => {
      const run = (): void => resolve(clock.now());
      agenda.add({ dueAt: later(20_000), kind: 'delay', label: 'soon', run });
    });
    expect(ranAt - start).toBeGreaterThanOrEqual(20_000);
    expect(ranAt - start).toBeLessThan(2_000_000);
  });

  it('cannot be moved when it is the real one', () => {
    const clock = createClock({ mode: 'real' });
    expect(() => clock.jumpTo(later(0))).toThrow(/cannot be moved/);
  });

  it('jumps ahead in a replay, and stays when it is already past the mark', () => {
    const clock = createClock({ mode: 'replay', startAt: start });
    clock.jumpTo(later(3_600_000));
    expect(clock.now() - start).toBeGreaterThanOrEqual(3_600_000);
    clock.jumpTo(start);
    expect(clock.now() - start).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('given an entry on a running clock that adds the next one', () => {
  it('leaves one timer running, and none once it has stopped', async () => {
    const count = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { clock, agenda } = agendaOn({ mode: 'replay', startAt: start });
    const before = count();
    const arm = (dueAt: Instant): void => {
      const run = () => arm(instant(dueAt + 60_000));
      agenda.add({ dueAt, kind: 'rule', label: 'each minute', run });
    };
    arm(later(60_000));
    await clock.advanceTo(later(3_600_000));
    expect(count()).toBe(before + 1);
    agenda.stop();
    expect(count()).toBe(before);
  });
});
