import { type AdmittedEvent, admitEvent, isAdmitted } from '#domain/ingest/admit-event.ts';
import { isRead, type RefusedEvent, readEvent } from '#domain/ingest/read-events.ts';
import type { AgencyId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts, packEvents } from '#domain/trail/pack-events.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { LoadActivations } from '../adapters/dynamodb/activations.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import type { EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import {
  type HttpResponse,
  httpRequestSchema,
  jsonResponse,
  principalSchema,
  refusal,
} from '../middleware/http.ts';
import { readBody } from './read-body.ts';

export type IngestDeps = Readonly<{
  now: Clock;
  loadActivations: LoadActivations;
  events: Pick<Queue, 'sendAll'>;
  telemetry: Telemetry;
}>;

/**
 * Input: one POST of a device head-end. Output: 202 with what was taken and what was refused, and
 * why. Course: read the body, read each event, admit those of the sender's own devices, put each
 * wearer's on the queue as one message; answer only when the queue has them.
 */
export const run =
  (deps: IngestDeps) =>
  async (input: unknown): Promise<HttpResponse> => {
    const request = httpRequestSchema.parse(input);
    const principal = principalSchema.safeParse(request.requestContext.authorizer?.lambda);
    if (!principal.success || principal.data.role !== 'head-end') {
      const message = "events are taken under a head-end's token only";
      return refusal(403, { code: 'not-a-head-end', message });
    }
    const raw = readBody(request);
    if (!Array.isArray(raw)) return raw;
    const receivedAt = deps.now();
    const { agencyId, headEndId } = principal.data;
    const read = raw.map(readEvent);
    const readable = read.filter(isRead);
    const ids = readable.map(({ event }) => event.activationId);
    const activations = await deps.loadActivations(agencyId, ids, receivedAt);
    const admitted = readable.map((one) => {
      const activation = activations.get(one.event.activationId) ?? null;
      return admitEvent(one, { activation, headEndId, receivedAt });
    });
    const taken = admitted.filter(isAdmitted);
    await deps.events.sendAll(messagesFor(agencyId, receivedAt, taken));
    const refused = [
      ...read.filter((one): one is RefusedEvent => !isRead(one)),
      ...admitted.filter((one): one is RefusedEvent => !isAdmitted(one)),
    ].sort((a, b) => a.index - b.index);
    report(deps, taken.length, refused);
    return jsonResponse(202, { accepted: taken.length, refused });
  };

const messagesFor = (
  agencyId: AgencyId,
  receivedAt: Instant,
  taken: readonly AdmittedEvent[],
): EvaluateMessage[] => {
  const byWearer = Map.groupBy(taken, ({ wearerId }: AdmittedEvent): WearerId => wearerId);
  return [...byWearer].flatMap(([wearerId, admitted]) =>
    inPackableParts(admitted.map(({ event }) => event)).map((events) => ({
      kind: 'events',
      agencyId,
      wearerId,
      receivedAt,
      packed: Buffer.from(packEvents(events)).toString('base64'),
    })),
  );
};

const report = ({ telemetry }: IngestDeps, accepted: number, refused: readonly RefusedEvent[]) => {
  telemetry.measure('eventsAccepted', accepted);
  if (refused.length === 0) return;
  telemetry.measure('eventsRefused', refused.length);
  const codes = [...new Set(refused.map(({ code }) => code))].sort().join(' ');
  telemetry.log.warn('events refused', { accepted, refused: refused.length, codes });
};
