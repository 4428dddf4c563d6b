import { type Instant, secondsBetween } from '#domain/model/instant.ts';
import type { ViolationReason } from '#domain/model/reasons.ts';
import { DAYS_OF_ONE, type MadeTwo, makeTwo, type Sampling } from './pairs/made-two.ts';
import { ALERT_METRES, pairUnder, tellOurs } from './pairs/ours.ts';
import { rivals } from './pairs/rivals.ts';

/** How many stretches of six hours of either kind are made. */
const MADE = Number(process.argv[2] ?? 40);
const DAYS_OF_A_MONTH = 30.4;

const SAMPLINGS: readonly (Sampling & Readonly<{ name: string }>)[] = [
  { name: 'a fix a minute, an upload every four', everySeconds: 60, uploadSeconds: 240 },
  { name: 'a fix every 15 s, an upload a minute', everySeconds: 15, uploadSeconds: 60 },
];

/** When something alarmed, and how often on the whole. */
type Alarms = Readonly<{ firstAt: Instant | null; count: number; withdrawn: number }>;

/** An alarm is over, and may come again, when it has been quiet for so long. */
const QUIET_SECONDS = 600;

const ofRival = (make: (typeof RIVALS)[number]['make'], { arrivals }: MadeTwo): Alarms => {
  const tell = make();
  const alarms = arrivals.flatMap(({ at, events }) => (tell(events, at) ? [at] : []));
  const count = alarms.filter(
    (at, i) => i === 0 || secondsBetween(alarms[i - 1] ?? at, at) > QUIET_SECONDS,
  ).length;
  return { firstAt: alarms[0] ?? null, count, withdrawn: 0 };
};

const ofOurs =
  (reason: ViolationReason) =>
  (told: ReturnType<typeof tellOurs>): Alarms => {
    const found = told.filter((one) => one.reason === reason);
    const first = found.reduce<Instant | null>(
      (at, one) => (at === null || one.at < at ? one.at : at),
      null,
    );
    const withdrawn = found.filter(({ isWithdrawn }) => isWithdrawn).length;
    return { firstAt: first, count: found.length, withdrawn };
  };

const RIVALS = rivals(ALERT_METRES);
const USUAL = pairUnder();
/** As long as it takes for the other's next upload to come. */
const PATIENT_SECONDS = 300;
const PATIENT = pairUnder({ waitSeconds: PATIENT_SECONDS });

const quantile = (sorted: readonly number[], share: number): string => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return value === undefined ? '-' : `${Math.round(value)} s`;
};

type Score = { delays: number[]; missed: number; falseAlarms: number; withdrawn: number };

const add = (score: Score, alarms: Alarms, trueAt: Instant | null): void => {
  score.withdrawn += alarms.withdrawn;
  if (trueAt === null) score.falseAlarms += alarms.count;
  else if (alarms.firstAt === null) score.missed += 1;
  else score.delays.push(secondsBetween(trueAt, alarms.firstAt));
};

const row = (name: string, { delays, missed, falseAlarms, withdrawn }: Score): string => {
  const sorted = [...delays].sort((a, b) => a - b);
  const early = sorted.filter((seconds) => seconds < 0).length;
  const months = (MADE * DAYS_OF_ONE) / DAYS_OF_A_MONTH;
  const cells = [
    ...[name.padEnd(34), `${missed} of ${MADE}`.padStart(9)],
    ...[quantile(sorted, 0.5).padStart(7), quantile(sorted, 0.9).padStart(7)],
    ...[`${early}`.padStart(6), (falseAlarms / months).toFixed(1).padStart(12)],
    `${withdrawn}`.padStart(10),
  ];
  return cells.join('  ');
};

const HEAD = [
  ...[''.padEnd(34), 'missed'.padStart(9), 'median'.padStart(7), 'p90'.padStart(7)],
  ...['early'.padStart(6), 'false/month'.padStart(12), 'taken back'.padStart(10)],
].join('  ');

const bench = (sampling: Sampling & Readonly<{ name: string }>): void => {
  const fresh = (): Score => ({ delays: [], missed: 0, falseAlarms: 0, withdrawn: 0 });
  const [near, approach, patient] = [fresh(), fresh(), fresh()];
  const others = RIVALS.map(fresh);
  for (let seed = 1; seed <= MADE; seed += 1) {
    for (const doesApproach of [true, false]) {
      const two = makeTwo(seed, doesApproach, sampling);
      const told = tellOurs(USUAL, two);
      const trueAt = two.withinAt(ALERT_METRES);
      add(near, ofOurs('near-protected-person')(told), trueAt);
      add(patient, ofOurs('near-protected-person')(tellOurs(PATIENT, two)), trueAt);
      add(approach, ofOurs('approaching-protected-person')(told), two.withinAt(2 * ALERT_METRES));
      for (const [i, score] of others.entries()) {
        const make = RIVALS[i]?.make;
        if (make !== undefined) add(score, ofRival(make, two), trueAt);
      }
    }
  }
  console.log(`\n${sampling.name}\n${HEAD}`);
  console.log(row(`ours, within ${ALERT_METRES} m`, near));
  console.log(row(`ours, waiting ${PATIENT_SECONDS} s`, patient));
  console.log(row(`ours, within ${2 * ALERT_METRES} m`, approach));
  for (const [i, score] of others.entries()) console.log(row(RIVALS[i]?.name ?? '', score));
};

console.log(`${MADE} stretches of six hours with an approach, and as many without`);
for (const sampling of SAMPLINGS) bench(sampling);
