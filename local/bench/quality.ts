import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { curveSvg } from './quality/curve-svg.ts';
import { wearersFor, withoutHistory } from './quality/groups.ts';
import { readDays } from './quality/read-days.ts';
import { realReport } from './quality/real/real-report.ts';
import { runWorld } from './quality/run-world.ts';
import { report } from './quality/tables.ts';
import { HARSH, TOWN } from './quality/world/settings.ts';

/**
 * How often we would page falsely, and what we would miss: our evaluation, as it runs in
 * production, and the rules that others publish, over the same simulated and recorded days.
 */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '2000' },
    seed: { type: 'string', default: 'judged' },
    /** Days of another world, from a file: quality/read-days.ts says what its lines hold. */
    world: { type: 'string' },
    svg: { type: 'boolean', default: false },
    /** As if nothing had been learned of any home yet. */
    unlearned: { type: 'boolean', default: false },
  },
});

const days = Number(values.days);
if (!Number.isInteger(days) || days < 1) {
  throw new Error(`--days ${values.days} is no number of days: give a whole number from 1 on`);
}

const WORLDS = [
  { name: 'town', settings: TOWN, homes: 'near', share: 1, title: 'Town, homes near a zone' },
  { name: 'harsh', settings: HARSH, homes: 'near', share: 0.5, title: 'Harsher, homes near' },
  { name: 'usual', settings: TOWN, homes: 'usual', share: 0.25, title: 'Town, homes further off' },
] as const;

const runDrawn = (): void => {
  for (const { name, settings, homes, share, title } of WORLDS) {
    const wanted = { seed: values.seed, settings, homes };
    const wearers = wearersFor(wanted, Math.ceil(days * share));
    const result = runWorld(values.unlearned ? withoutHistory(wearers) : wearers);
    console.log(`${report(title, result)}\n`);
    if (!values.svg) continue;
    const file = new URL(`../../docs/alert-quality-${name}.svg`, import.meta.url);
    writeFileSync(file, curveSvg(title, result));
  }
  console.log(realReport());
};

if (values.world === undefined) runDrawn();
else console.log(report(values.world, runWorld(readDays(values.world))));
