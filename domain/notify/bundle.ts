import type { Page } from '../model/alert.ts';
import { compareSeverity } from '../model/severity.ts';

/** One message in the place of several pages that had to wait for the same contact. */
export type Bundle<Row> = Readonly<{
  /** What is sent: it says how many there are. */
  lead: Row;
  /** Pages of other alerts, which it counts. */
  others: readonly Row[];
  /** Earlier pages of the same alerts: whoever reads the later one has lost nothing. */
  repeated: readonly Row[];
}>;

type WithPage = Readonly<{ page: Page }>;

const byUrgency = ({ page: a }: WithPage, { page: b }: WithPage): number =>
  compareSeverity(b.severity, a.severity) || a.createdAt - b.createdAt;

/**
 * Bundles what waits: each alert by its latest page alone, before anything is counted; the gravest
 * leads, the longest waiting of several. Null where nothing waits.
 */
export const bundle = <Row extends WithPage>(rows: readonly Row[]): Bundle<Row> | null => {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const known = latest.get(row.page.alertId);
    if (known === undefined || known.page.sequence < row.page.sequence) {
      latest.set(row.page.alertId, row);
    }
  }
  const [lead, ...others] = [...latest.values()].sort(byUrgency);
  if (lead === undefined) return null;
  const told = new Set([...latest.values()].map(({ page }) => page.pageId));
  return { lead, others, repeated: rows.filter(({ page }) => !told.has(page.pageId)) };
};
