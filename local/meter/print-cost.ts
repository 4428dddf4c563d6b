import { type CostLine, type Measured, monthlyCost, type Question, usdOfParts } from './cost.ts';
import { PRICES_AS_OF } from './prices.ts';

/** Where lines go: a terminal's, or `console.log`. */
export type PrintLine = (text: string) => void;

/** A trial, and those monitored in England and Wales at 30 September 2025. */
const CASELOADS = [1000, 26_647] as const;
const BILLINGS = ['on-demand', 'provisioned'] as const;
const FIX_EVERY_SECONDS = 60;
/** Uploads that the cost is shown for, whichever was measured. */
const UPLOADS_SECONDS = [60, 240] as const;
/** How many alerts a wearer raises in a month is the agency's case; so many are shown. */
const ALERTS_A_MONTH = 2;

type Column = Readonly<Pick<Question, 'wearers' | 'billing'>>;

const COLUMNS: readonly Column[] = CASELOADS.flatMap((wearers) =>
  BILLINGS.map((billing) => ({ wearers, billing })),
);

const NAME_WIDTH = 36;
const CELL_WIDTH = 12;

const row = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(CELL_WIDTH)).join('')}`;

const everyText = (seconds: number): string =>
  seconds === 60 ? 'an upload a minute' : `an upload each ${seconds / 60} minutes`;

const billOf = (measured: Measured, column: Column, uploadEverySeconds: number) =>
  monthlyCost(measured, {
    ...{ ...column, uploadEverySeconds, fixEverySeconds: FIX_EVERY_SECONDS },
    alertsAMonth: ALERTS_A_MONTH,
  });

const tableRows = (measured: Measured): string[] => {
  const [often] = UPLOADS_SECONDS;
  const cells = (uploadEverySeconds: number, ...parts: readonly CostLine['part'][]) =>
    COLUMNS.map((column) => {
      const usd = usdOfParts(billOf(measured, column, uploadEverySeconds), ...parts);
      return (usd / column.wearers).toFixed(4);
    });
  const telemetry = UPLOADS_SECONDS.map((seconds) =>
    row(`telemetry, ${everyText(seconds)}`, cells(seconds, 'telemetry')),
  );
  const totals = UPLOADS_SECONDS.map((seconds) =>
    row(`both, ${everyText(seconds)}`, cells(seconds, 'telemetry', 'stack')),
  );
  const alerts = [
    row(`${ALERTS_A_MONTH} alerts a month come to`, cells(often, 'alerts')),
    row('their text messages', cells(often, 'text messages')),
  ];
  const stack = row('the stack, whatever is sent', cells(often, 'stack'));
  return [...telemetry, stack, ...totals, ...(measured.alerts === 0 ? [] : alerts)];
};

const MOST_LINES = 6;

/** The dearest lines, each with its share, the rest as one. */
const dearest = (lines: readonly CostLine[]): string => {
  const all = usdOfParts(lines);
  const share = (usd: number): string => `${((100 * usd) / all).toFixed(0)} %`;
  const first = lines.slice(0, MOST_LINES);
  const named = first.map(({ service, what, usd }) => `${service} ${what} ${share(usd)}`);
  const rest = all - usdOfParts(first);
  return [...named, ...(rest > 0 ? [`others ${share(rest)}`] : [])].join(', ');
};

const whereItGoes = (measured: Measured): string[] => {
  const [, wearers] = CASELOADS;
  const [often] = UPLOADS_SECONDS;
  const ofPart = (billing: Question['billing'], part: CostLine['part']) =>
    billOf(measured, { wearers, billing }, often).filter((line) => line.part === part);
  const stack = ofPart('on-demand', 'stack');
  return [
    `  Telemetry on demand: ${dearest(ofPart('on-demand', 'telemetry'))}.`,
    `  Provisioned: ${dearest(ofPart('provisioned', 'telemetry'))}.`,
    `  The stack, ${usdOfParts(stack).toFixed(2)} USD a month on demand: ${dearest(stack)}.`,
  ];
};

/**
 * Prints what AWS would bill per wearer and month, on demand and provisioned at 70 % use, for a
 * trial and for a nation's caseload, and where it goes.
 */
export const printCost = (line: PrintLine, measured: Measured): void => {
  const { uploads, fixes, alerts } = measured;
  const caseloads = CASELOADS.map((wearers) => wearers.toLocaleString('en-GB'));
  line('What AWS would bill, in USD per wearer-month with a fix a minute');
  line(
    `  London, prices to ${PRICES_AS_OF}, no free tier, no tax; functions' time is this machine's;`,
  );
  line(`  from ${uploads} uploads, ${fixes} fixes and ${alerts} alerts metered here.`);
  line(
    row(
      'wearers',
      caseloads.flatMap((wearers) => [wearers, wearers]),
    ),
  );
  line(
    row(
      'tables',
      COLUMNS.map(({ billing }) => billing),
    ),
  );
  for (const text of [...tableRows(measured), ...whereItGoes(measured)]) line(text);
};
