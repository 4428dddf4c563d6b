import { type BenchWearer, makeWearer } from './bench-wearers.ts';
import { flatbushAndHao, type Kernel, naive, ours, turf } from './kernels.ts';
import { type Aim, digits, printTable } from './print.ts';
import { type Candidate, compare, each, through } from './round-robin.ts';

const ZONE_COUNTS = [1, 10, 100] as const;
const AIM_AT_TEN = 1_000_000;

const timed = ({ name, classify }: Kernel, { fixes, zones }: BenchWearer): Candidate => {
  const into = new Uint8Array(zones.length + 1);
  return through(name, fixes, (fix) => {
    classify(fix, into);
    return into[0] ?? 0;
  });
};

/** How many of all answers differ from ours, and of how many. */
const disagreements = (kernel: Kernel, wearer: BenchWearer): string => {
  const [a, b] = [new Uint8Array(wearer.zones.length + 1), new Uint8Array(wearer.zones.length + 1)];
  const own = ours(wearer);
  let differ = 0;
  for (const fix of wearer.fixes) {
    own.classify(fix, a);
    kernel.classify(fix, b);
    for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) differ += 1;
  }
  return `${differ} of ${digits(a.length * wearer.fixes.length)}`;
};

const vertexRange = ({ zones }: BenchWearer): string => {
  const counts = zones.map(({ ring }) => ring.length - 1);
  return `${Math.min(...counts)} to ${Math.max(...counts)} vertices`;
};

/** Full evaluations a second, for wearers with few and with many zones; curfew included. */
export const benchEvaluations = (): Aim[] =>
  ZONE_COUNTS.flatMap((count): Aim[] => {
    const wearer = makeWearer(count);
    const kernels = [ours, turf, flatbushAndHao, naive].map((make) => make(wearer));
    const timings = each(compare(kernels.map((kernel) => timed(kernel, wearer))), wearer.fixes);
    const own = timings[0]?.nanoseconds ?? Number.NaN;
    printTable(
      `Full evaluations with ${count} zones of ${vertexRange(wearer)}, and a curfew`,
      ['', 'evaluations/s', 'ns', 'times ours', 'answers that differ'],
      timings.map(({ name, nanoseconds }, i) => {
        const kernel = kernels[i];
        const differ = kernel === undefined || i === 0 ? '' : disagreements(kernel, wearer);
        const times = (nanoseconds / own).toFixed(1);
        return [name, digits(1e9 / nanoseconds), digits(nanoseconds), times, differ];
      }),
    );
    const next = Math.min(...timings.slice(1).map(({ nanoseconds }) => nanoseconds));
    const ahead: Aim = {
      ...{ what: `ahead of every other, ${count} zones`, aim: 'over 1 times the next' },
      ...{ measured: `${(next / own).toFixed(1)} times`, isMet: next > own },
    };
    const rate = 1e9 / own;
    const atTen: Aim = {
      ...{ what: 'full evaluations/s with 10 zones', aim: digits(AIM_AT_TEN) },
      ...{ measured: digits(rate), isMet: rate >= AIM_AT_TEN },
    };
    return count === 10 ? [ahead, atTen] : [ahead];
  });
