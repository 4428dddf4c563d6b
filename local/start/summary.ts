import type { Measured } from '../meter/cost.ts';
import { printCost } from '../meter/print-cost.ts';
import type { SeenOutcome } from '../replay/read-outcome.ts';
import { pageLatencies, safeRegionShare } from './measures.ts';
import type { Terminal } from './terminal.ts';

export type Replayed = Readonly<{
  outcome: SeenOutcome;
  eventsSent: number;
  /** Of the function evaluate. */
  logLines: readonly string[];
  replaySeconds: number;
  metered: Measured;
}>;

const latencyText = (outcome: SeenOutcome): string => {
  const latencies = pageLatencies(outcome);
  if (latencies === null) return 'no page to measure';
  const { p50, worst, pages } = latencies;
  return `p50 ${p50} ms, worst ${worst} ms, over the ${pages} pages of first steps`;
};

const safeText = (logLines: readonly string[]): string => {
  const { folded, safe } = safeRegionShare(logLines);
  const share = folded === 0 ? 0 : (100 * safe) / folded;
  return `${share.toFixed(1)} % of ${folded} fixes needed neither geometry nor rules`;
};

/** What a replay came to, in a few figures, each saying what it measures. */
export const printSummary = (terminal: Terminal, replayed: Replayed): void => {
  const { outcome, eventsSent, logLines, replaySeconds } = replayed;
  const pages = outcome.alerts.reduce((sum, alert) => sum + alert.pages.length, 0);
  const rows: [string, string][] = [
    ['Events', `${eventsSent}, uploaded every four minutes`],
    ['Alerts', `${outcome.alerts.length}`],
    ['Pages', `${pages}`],
    ['Receipt to page', latencyText(outcome)],
    ['', 'from receipt of the deciding upload, or the due instant, to acceptance by SNS'],
    ['Safe region', safeText(logLines)],
    ['Replay', `${replaySeconds.toFixed(1)} s for the day, on this machine`],
  ];
  for (const [name, text] of rows) {
    terminal.line(`  ${terminal.paint('bold', name.padEnd(17))}${text}`);
  }
  terminal.line();
  printCost(terminal.line, replayed.metered);
};
