import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { type Changed, changeAlert } from '#functions/adapters/change-alert.ts';
import {
  acknowledge,
  close,
  later,
  person,
  roster,
  tick,
  violationChanges,
} from '#test/support/alerts.ts';
import { OPEN } from '#test/support/given-alert.ts';
import { keptAlerts, keptEpisodes } from '#test/support/kept-alerts.ts';

const AGENCY = agencyIdSchema.parse('demo');

const handOn = (id: string, epoch: number): AlertCommand => ({
  ...{ type: 'escalate', by: person(id), epoch },
});

const withdrawn = violationChanges({ status: 'withdrawn' });
const foundAgain = violationChanges({ revision: 3, status: 'open' });

type Store = Pick<ReturnType<typeof keptAlerts>, 'alerts' | 'byId'>;

const now = () => later(300);

const changing = ({ alerts, byId }: Store) => {
  const change = changeAlert({
    ...{ now, alerts, episodes: keptEpisodes(byId, now), alertTimer: async () => undefined },
    recordRefusal: async () => undefined,
  });
  return (command: AlertCommand): Promise<Changed> =>
    change(AGENCY, OPEN.alertId, async () => ({ command, roster: roster() }));
};

const cameOf = ({ decision }: Changed): string =>
  decision.outcome === 'refused' ? decision.refusal.code : decision.outcome;

const standing = ({ byId }: ReturnType<typeof keptAlerts>) => {
  const { status, epoch, closed, acknowledgements, ran } = byId.get(OPEN.alertId) ?? OPEN;
  return JSON.stringify({ status, epoch, closed, acknowledgements, ran });
};

const orders = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, i) => orders(all.toSpliced(i, 1)).map((rest) => [one, ...rest]));

/** What commands come to, and how the alert then stands, when each waits for the one before. */
const inTurn = async (commands: readonly AlertCommand[]): Promise<string[]> => {
  const ends: string[] = [];
  for (const order of orders(commands.map((_, i) => i))) {
    const kept = keptAlerts(OPEN);
    const change = changing(kept);
    const came: string[] = [];
    for (const i of order) {
      const command = commands[i];
      if (command !== undefined) came[i] = cameOf(await change(command));
    }
    ends.push(`${came.join()} ${standing(kept)}`);
  }
  return ends;
};

/** What commands come to when nobody waits for anybody else. */
const atOnce = async (scheduler: fc.Scheduler, commands: readonly AlertCommand[]) => {
  const kept = keptAlerts(OPEN);
  const { load, save } = kept.alerts;
  const alerts = {
    ...kept.alerts,
    load: scheduler.scheduleFunction(load),
    save: scheduler.scheduleFunction(save),
  };
  const all = Promise.all(commands.map(changing({ ...kept, alerts })));
  return { kept, came: (await scheduler.waitFor(all)).map(cameOf) };
};

describe('whoever acts at once, in any interleaving (prometheus/alertmanager#3826, #1843)', () => {
  const races: readonly (readonly [string, readonly AlertCommand[]])[] = [
    ['one takes it and one closes it', [acknowledge('officer'), close('manager', 1)]],
    ['two take it', [acknowledge('officer'), acknowledge('manager')]],
    ['two hand it on', [handOn('officer', 1), handOn('manager', 1)]],
    [
      'one takes it, one hands it on and one closes it',
      [acknowledge('officer'), handOn('on-call', 1), close('manager', 1)],
    ],
    ['it is taken back and found again', [withdrawn, foundAgain]],
    ['its next step runs and it is taken back', [tick(1), withdrawn]],
    ['it is taken back, found again and closed', [withdrawn, foundAgain, close('manager', 1)]],
  ];

  it.each(races)('where %s, it ends as if each had waited for the other', async (_, commands) => {
    const ends = await inTurn(commands);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { kept, came } = await atOnce(scheduler, commands);
        expect(ends).toContain(`${came.join()} ${standing(kept)}`);
      }),
      { numRuns: 200 },
    );
  });

  it('a close is never undone by somebody who takes it (grafana/oncall#3161)', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const commands = [acknowledge('officer'), close('manager', 1)];
        const { kept, came } = await atOnce(scheduler, commands);
        const [taken, ended] = came;
        const status = kept.byId.get(OPEN.alertId)?.status;
        expect(status).toBe(ended === 'happened' ? 'closed' : 'acknowledged');
        expect(taken).toBe(ended === 'happened' ? 'already-closed' : 'happened');
        outcomes.add(`${taken} ${ended}`);
      }),
      { numRuns: 200 },
    );
    expect([...outcomes].sort()).toEqual(['already-closed happened', 'happened stale-epoch']);
  });
});
