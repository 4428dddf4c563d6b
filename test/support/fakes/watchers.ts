import type { Context } from 'aws-lambda';
import { expect, vi } from 'vitest';
import type { HttpResponse } from '#functions/middleware/http.ts';
import type { Sent } from './fake-messaging.ts';

const CONTEXT: Context = Object.create(null);
export const CANARY_TOPIC = 'arn:canary';
export const CANARY_EVERY_SECONDS = 120;

/** What the canary sends to the door of device events. */
type Knock = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>;

/** Who asks at the door, as the authorizer says, and what. */
type AskAtDoor = (
  asked: Knock & Readonly<{ who: Readonly<Record<string, unknown>> | undefined }>,
) => Promise<HttpResponse>;

/**
 * The auditor and the canary, each in a sandbox that has just begun. The canary comes to the door
 * like every head-end, and its token is looked up.
 */
export const startWatchers = async (ask: AskAtDoor) => {
  const [audit, auditDeps, canary, canaryDeps, authorize] = await Promise.all([
    import('#functions/audit/run.ts'),
    import('#functions/audit/deps.ts'),
    import('#functions/canary/run.ts'),
    import('#functions/canary/deps.ts'),
    import('#functions/authorize/handler.ts'),
  ]);
  vi.stubGlobal('fetch', async (_: string, { headers, body }: Knock): Promise<Response> => {
    const asked = { identitySource: [headers.authorization] };
    const answer = await authorize.handler(asked, CONTEXT);
    const who = answer.isAuthorized ? answer.context : undefined;
    const response = await ask({ who, headers, body });
    return new Response(response.body, { status: response.statusCode, headers: response.headers });
  });
  const lookOf = {
    auditor: audit.run(auditDeps.createDeps()),
    canary: canary.run(canaryDeps.createDeps()),
  };
  return {
    /** Each minute: the canary's round, and what the auditor finds. */
    look: async (): Promise<void> => {
      await lookOf.canary({});
      await lookOf.auditor();
    },
    /** Gives the canary what was sent to it, and returns how many those were. */
    giveBack: async (sent: Sent[]): Promise<number> => {
      const back = sent.filter(({ to }) => to === CANARY_TOPIC);
      for (const one of back) {
        sent.splice(sent.indexOf(one), 1);
        const Records = [{ messageId: 'back', body: one.text }];
        expect(await lookOf.canary({ Records })).toEqual({ batchItemFailures: [] });
      }
      return back.length;
    },
  };
};
