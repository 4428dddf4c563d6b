import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { AgencyId, ViolationId, WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Violation, violationSchema } from '#domain/model/violation.ts';
import type { AskedReport } from '#domain/report/asked-report.ts';
import type { Found } from '#domain/report/wearer-facts.ts';
import type { PageSeen, Recorded } from '#domain/response/on-record.ts';
import type { LoadAlertPages } from '../adapters/dynamodb/alert-histories.ts';
import type { WearerViolations } from '../adapters/dynamodb/wearer-violations.ts';
import type { GatheredRecord } from './gather-record.ts';

const A_PAGE = 500;

/** Everything that was found of a wearer and known by an instant, and touches a period. */
export const violationsIn =
  ({ from }: Pick<WearerViolations, 'from'>) =>
  async (wearer: WearerRef, { period, askedAt }: AskedReport): Promise<Violation[]> => {
    const found: Violation[] = [];
    for (let id: ViolationId | null = null; ; ) {
      const page = await from(wearer, { id, isAfter: id !== null }, A_PAGE);
      found.push(...page.violations);
      id = page.violations.at(-1)?.violationId ?? null;
      if (page.isAll || id === null) break;
    }
    return found
      .filter(({ openedAt, endedAt, detectedAt }) => {
        const isKnown = detectedAt <= askedAt;
        return isKnown && openedAt < period.untilAt && (endedAt ?? period.fromAt) >= period.fromAt;
      })
      .toSorted((a, b) => a.openedAt - b.openedAt || (a.violationId < b.violationId ? -1 : 1));
  };

/** What may become of a violation after it was found; the rest stands. */
const lifeSchema = violationSchema.pick({ reason: true, openedAt: true, endedAt: true });
const endSchema = violationSchema.pick({ endReason: true });

const STATUS: Readonly<Record<string, Violation['status']>> = {
  'violation-ended': 'ended',
  'violation-withdrawn': 'withdrawn',
};

/** A violation as it was known when its last entry was put on record. */
const asRecorded = (violation: Violation, entries: readonly Recorded[]): Violation => {
  const last = entries.at(-1);
  if (last === undefined) return violation;
  const life = lifeSchema.safeParse(last);
  const end = endSchema.safeParse(last);
  if (!life.success) return violation;
  const status = STATUS[last.type] ?? (life.data.endedAt === null ? 'open' : 'ended');
  return { ...violation, ...life.data, ...(end.success ? end.data : {}), status };
};

/** A page as it stood at an instant: what came of it later is left out. */
const pageAt = (seen: PageSeen, at: Instant): PageSeen[] => {
  const { page, outcome, receipts } = seen;
  if (page.createdAt > at) return [];
  const isEnded = outcome !== null && outcome.at <= at;
  return [
    {
      ...seen,
      ...(isEnded ? {} : { outcome: null, status: 'pending' }),
      receipts: receipts.filter((receipt) => receipt.at <= at),
    },
  ];
};

export type Of = Readonly<{ agencyId: AgencyId; askedAt: Instant }>;

/** So many alerts have their pages read at once. */
const AT_ONCE = 20;

/** Each violation with what the record says of it, and its pages; the trail is put to it later. */
export const gatherFound =
  (loadPages: LoadAlertPages) =>
  async (
    violations: readonly Violation[],
    { ofViolation, ofAlert }: GatheredRecord,
    { agencyId, askedAt }: Of,
  ): Promise<Omit<Found, 'sketch'>[]> => {
    const one = async (violation: Violation): Promise<Omit<Found, 'sketch'>> => {
      const { violationId } = violation;
      const alertId = alertIdOf(violationId);
      const entries = ofViolation.get(violationId) ?? [];
      const history = ofAlert.get(alertId) ?? [];
      const isTold = history.some(({ type }) => type === 'alert-opened');
      const pages = isTold ? await loadPages(agencyId, alertId) : [];
      return {
        ...{ violation: asRecorded(violation, entries), entries, isTold, history },
        pages: pages.flatMap((seen) => pageAt(seen, askedAt)),
      };
    };
    const found: Omit<Found, 'sketch'>[] = [];
    for (let i = 0; i < violations.length; i += AT_ONCE) {
      found.push(...(await Promise.all(violations.slice(i, i + AT_ONCE).map(one))));
    }
    return found;
  };
