import { instant, toIso } from '#domain/model/instant.ts';
import type { Only, RunResult } from './run-seed.ts';
import type { Plan } from './world/plan.ts';

const when = (at: number): string => toIso(instant(at)).slice(0, 19).replace('T', ' ');
const listed = (numbers: ReadonlySet<number | string> | null): string =>
  numbers === null ? 'all' : [...numbers].join(',') || 'none';

/** A failing run in words: what was broken, what it took, and how to see it again. */
export const explain = (plan: Plan, { only, result }: Failing): string[] => {
  const { office, happenings, seed } = plan;
  const [first] = result.problems;
  const kept = `--faults '${listed(only.faults)}' --happenings ${listed(only.happenings)}`;
  return [
    `seed ${seed}: ${first?.promise}: ${first?.what}`,
    `  at ${first === undefined ? '?' : when(first.at)} UTC; the world begins ${when(plan.startAt)}`,
    `  ${office.tempers.length} people, ${office.wearerIds.length} wearers, ${office.rotaIds.length} rotas`,
    ...happenings.flatMap((one, number) =>
      only.happenings?.has(number) === false
        ? []
        : [`  ${when(one.at)} happens: ${JSON.stringify({ ...one, at: undefined })}`],
    ),
    ...result.faults.slice(0, 12).map((one) => `  ${when(one.at)} fault ${one.id}: ${one.fault}`),
    ...(result.faults.length > 12 ? [`  and ${result.faults.length - 12} more faults`] : []),
    `  again: npm run simulate -- --seed ${seed} ${kept} --trace`,
  ];
};
type Failing = Readonly<{ only: Only; result: RunResult }>;
