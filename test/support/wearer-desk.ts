import { severityOf } from '#domain/escalate/severity.ts';
import type { Alert, Page } from '#domain/model/alert.ts';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { type EscalateDeps, run } from '#functions/escalate/run.ts';
import { holdLimits } from '#lib/thresholds.ts';
import {
  acknowledge,
  close,
  facts,
  later,
  opening,
  policy,
  roster,
  T,
  violation,
} from './alerts.ts';
import { queueBatch, streamBatch } from './batches.ts';
import { deadline, image } from './escalate-input.ts';
import { changingAlerts, heardFeeds, keptPauses, knownContext } from './kept-alerts.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { noTransfers } from './transfers.ts';

const AGENCY = 'demo';

/** The officer at once, whoever is on call after five minutes, the manager in the end. */
const POLICY = policy({
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
    { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'duty' }] },
  ],
});

/** Something found of w-1: `id` names the violation and its condition. */
export const found = (id: string, fields: Readonly<Record<string, unknown>> = {}): Violation =>
  violation({ violationId: id, conditionId: id, ...fields });

/** Escalation over alerts kept in memory, on a clock that goes from one due alert to the next. */
export const wearerDesk = (deps: Partial<EscalateDeps> = {}) => {
  const clock = { now: T };
  const kept = changingAlerts(() => clock.now);
  const agencyId = agencyIdSchema.parse(AGENCY);
  const told = recordedTelemetry();
  const paused = keptPauses();
  const handle = run({
    now: () => clock.now,
    context: {
      ...knownContext,
      loadOpening: async (_, about) =>
        opening({
          policy: POLICY,
          facts: facts({ violation: about }),
          severity: severityOf(about, { riskLevel: 'standard', mappa: null }),
        }),
      loadRoster: async () => roster({ liaisons: [] }),
      rosterOf: async () => roster({ liaisons: [] }),
    },
    ...{ feeds: heardFeeds, holdLimits, loadAlert: kept.alerts.load, pauses: paused.pauses },
    loadEpisodes: kept.episodes.load,
    putNudge: async () => 'put',
    putAside: async () => undefined,
    changeAlert: kept.changeAlert,
    ...noTransfers,
    alertTimer: kept.alertTimer,
    telemetry: told.telemetry,
    ...deps,
  });

  const alert = (id: string): Alert => {
    const known = kept.byId.get(alertIdSchema.parse(id));
    if (known === undefined) throw new Error(`no alert ${id}`);
    return known;
  };
  /** Of several at one instant the newest comes first: no queue keeps an order. */
  const due = (): Alert[] =>
    [...kept.byId.values()]
      .toReversed()
      .filter(({ nextDueAt }) => nextDueAt !== null)
      .sort((a, b) => (a.nextDueAt ?? 0) - (b.nextDueAt ?? 0));

  /** Whatever falls due until an instant is done at its instant. */
  const passUntil = async (until: Instant): Promise<void> => {
    for (;;) {
      const [next] = due();
      if (next === undefined || next.nextDueAt === null || next.nextDueAt > until) break;
      if (next.nextDueAt > clock.now) clock.now = next.nextDueAt;
      await handle(queueBatch(deadline(next.epoch, next.alertId)));
    }
    clock.now = until;
  };

  const act = (id: string, command: ReturnType<typeof acknowledge>) =>
    kept.changeAlert(agencyId, alert(id).alertId, async () => ({
      command,
      roster: roster({ liaisons: [] }),
    }));

  return {
    ...{ clock, passUntil, alert },
    alerts: () => [...kept.byId.values()],
    pass: (seconds: number) => passUntil(secondsAfter(clock.now, seconds)),
    /** The stream brings a violation as it now stands. */
    changes: (about: Violation) => handle(streamBatch(image(about, `${AGENCY}#WEARER#w-1`))),
    take: (id: string, by: string) => act(id, acknowledge(by)),
    close: (id: string, by: string) => act(id, close(by, alert(id).epoch)),
    pagesOf: (id: string): Page[] => kept.pages.filter(({ alertId }) => alertId === id),
    saved: kept.saved,
    putPause: paused.put,
    pages: kept.pages,
    at: later,
  };
};
