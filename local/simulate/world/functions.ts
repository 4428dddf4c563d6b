import type { Page } from '#domain/model/alert.ts';
import { instant } from '#domain/model/instant.ts';
import type { FeedEvent } from '#functions/adapters/dynamodb/liaison-feed-items.ts';
import type { Telemetry } from '#functions/adapters/log/log.ts';
import type { Surroundings } from '#functions/adapters/surroundings.ts';
import { depsFrom as apiDeps } from '#functions/api/deps.ts';
import { run as runApi } from '#functions/api/run.ts';
import { depsFrom as auditDeps } from '#functions/audit/deps.ts';
import { run as runAudit } from '#functions/audit/run.ts';
import { depsFrom as canaryDeps } from '#functions/canary/deps.ts';
import { run as runCanary } from '#functions/canary/run.ts';
import { depsFrom as deliverDeps } from '#functions/deliver/deps.ts';
import { run as runDeliver } from '#functions/deliver/run.ts';
import { depsFrom as escalateDeps } from '#functions/escalate/deps.ts';
import { run as runEscalate } from '#functions/escalate/run.ts';
import { depsFrom as evaluateDeps } from '#functions/evaluate/deps.ts';
import { run as runEvaluate } from '#functions/evaluate/run.ts';
import { depsFrom as ingestDeps } from '#functions/ingest/deps.ts';
import { run as runIngest } from '#functions/ingest/run.ts';
import { depsFrom as notifyDeps } from '#functions/notify/deps.ts';
import { run as runNotify } from '#functions/notify/run.ts';
import { depsFrom as replyDeps } from '#functions/reply/deps.ts';
import { run as runReply } from '#functions/reply/run.ts';
import { depsFrom as sweepDeps } from '#functions/sweep/deps.ts';
import { run as runSweep } from '#functions/sweep/run.ts';
import type { Handler, Sandbox } from '../engine/sandboxes.ts';
import type { Clients } from '../services/clients.ts';
import { ENVIRONMENTS, type SimulatedVerb } from './environment.ts';

/** No day of the trail is archived within the time that is simulated. */
const EMPTY_BUCKET = {
  get: async () => null,
  put: async () => 'put' as const,
  holds: async () => false,
};

export type Watching = Readonly<{
  log: (sandbox: Sandbox, line: string) => void;
  /** A sandbox of notify sends a page, and nothing else until that is done; null: no more. */
  sending: (sandbox: Sandbox, page: Page | null) => void;
  /** The page that an event of a feed was made of. */
  pageOf: (event: FeedEvent) => Page | null;
  chance: (bytes: number) => Buffer;
  pause: (milliseconds: number) => Promise<void>;
  /** Sends events of the test device through the door of head-ends. */
  post: (body: string) => Promise<Readonly<{ status: number; body: unknown }>>;
}>;

const telemetryOf = (sandbox: Sandbox, { log }: Watching): Telemetry => {
  const line = (message: string, fields: object): void =>
    log(sandbox, `${message} ${JSON.stringify(fields)}`);
  return {
    log: { info: line, warn: line, error: line },
    measure: () => undefined,
    flush: () => undefined,
  };
};

/** Starts a function in a sandbox, wired as it is deployed. */
export const startFunction = (
  verb: SimulatedVerb,
  { sandbox, clients }: Readonly<{ sandbox: Sandbox; clients: Clients }>,
  watching: Watching,
): Handler => {
  const telemetry = telemetryOf(sandbox, watching);
  const around: Surroundings = { now: () => instant(sandbox.now()), telemetry };
  switch (verb) {
    case 'ingest':
      return runIngest(ingestDeps(clients, ENVIRONMENTS.ingest, around));
    case 'evaluate':
      return runEvaluate(evaluateDeps(clients, ENVIRONMENTS.evaluate, around));
    case 'escalate':
      return runEscalate(escalateDeps(clients, ENVIRONMENTS.escalate, around));
    case 'audit':
      return runAudit(auditDeps(clients, ENVIRONMENTS.audit, around));
    case 'canary': {
      const newSecret = () => watching.chance(32).toString('base64url');
      const withPost = { ...clients, post: watching.post, newSecret };
      return runCanary(canaryDeps(withPost, ENVIRONMENTS.canary, around));
    }
    case 'reply':
      return runReply(replyDeps(clients, ENVIRONMENTS.reply, around));
    case 'sweep':
      return runSweep(sweepDeps(clients, ENVIRONMENTS.sweep, around));
    case 'notify': {
      const deps = notifyDeps(clients, ENVIRONMENTS.notify, {
        ...around,
        pause: watching.pause,
      });
      const sendPage: typeof deps.sendPage = async (agencyId, page) => {
        watching.sending(sandbox, page);
        try {
          return await deps.sendPage(agencyId, page);
        } finally {
          watching.sending(sandbox, null);
        }
      };
      return runNotify({ ...deps, sendPage });
    }
    case 'deliver': {
      const deps = deliverDeps(clients, ENVIRONMENTS.deliver, around);
      const deliver: typeof deps.deliver = async (event, liaison, tries) => {
        watching.sending(sandbox, watching.pageOf(event));
        try {
          return await deps.deliver(event, liaison, tries);
        } finally {
          watching.sending(sandbox, null);
        }
      };
      return runDeliver({ ...deps, deliver });
    }
    case 'api': {
      const { chance } = watching;
      // Nobody of this world asks for a report.
      const signLink = () => Promise.reject(new Error('there are no reports in this world'));
      const withBucket = { ...clients, trailBucket: EMPTY_BUCKET, signLink };
      return runApi(apiDeps(withBucket, ENVIRONMENTS.api, { ...around, chance }));
    }
    default:
      return verb satisfies never;
  }
};
