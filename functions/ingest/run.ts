import type { AdmittedEvent } from '#domain/ingest/admit-event.ts';
import type { AgencyId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { inPackableParts, packEvents } from '#domain/trail/pack-events.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { TakeAllowance } from '../adapters/dynamodb/allowances.ts';
import type { NoteFeed } from '../adapters/dynamodb/feeds.ts';
import { allowancePk } from '../adapters/dynamodb/keys.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';
import type { EvaluateMessage } from '../adapters/sqs/messages.ts';
import type { Queue } from '../adapters/sqs/queue.ts';
import {
  type HeadEnd,
  type HttpResponse,
  httpRequestSchema,
  principalSchema,
  refusal,
} from '../middleware/http.ts';
import { type AdmitDeps, admitAll } from './admit-all.ts';
import { eventsDoor } from './events-door.ts';
import { ownTracksDoor } from './owntracks-door.ts';
import type { Door, Reading } from './reading.ts';
import { report } from './report.ts';
import { traccarDoor } from './traccar-door.ts';

export type IngestDeps = AdmitDeps &
  Readonly<{
    now: Clock;
    takeAllowance: TakeAllowance;
    noteFeed: NoteFeed;
    events: Pick<Queue, 'sendAll'>;
    telemetry: Telemetry;
  }>;

/** By API Gateway's route key. */
const DOORS: ReadonlyMap<string, Door> = new Map([
  ['POST /v1/events', eventsDoor],
  ['POST /v1/ingest/traccar', traccarDoor],
  ['POST /v1/ingest/owntracks', ownTracksDoor],
]);

const isResponse = (reading: Reading | HttpResponse): reading is HttpResponse =>
  'statusCode' in reading;

/**
 * Input: one POST of a device head-end, a Traccar server or an OwnTracks phone. Output: what was
 * taken and what was refused, and why, as far as the sender can use that. Course: read the body,
 * take from the token's allowance, admit the events of the sender's own devices, put each wearer's
 * on the queue as one message; answer only when the queue has them.
 */
export const run =
  (deps: IngestDeps) =>
  async (input: unknown): Promise<HttpResponse> => {
    const request = httpRequestSchema.parse(input);
    const door = DOORS.get(request.routeKey);
    if (door === undefined)
      return refusal(404, { code: 'no-such-route', message: request.routeKey });
    const principal = principalSchema.safeParse(request.requestContext.authorizer?.lambda);
    if (!principal.success || principal.data.role !== 'head-end') {
      const message = "events are taken under a head-end's token only";
      return refusal(403, { code: 'not-a-head-end', message });
    }
    const sender = principal.data;
    const now = deps.now();
    const reading = door.read(request, sender);
    const waitSeconds = await waitFor(deps, sender, {
      events: isResponse(reading) ? 0 : reading.events,
      now,
    });
    if (waitSeconds > 0) return comeAgain(waitSeconds);
    if (isResponse(reading)) return reading;
    const { taken, refused } = await admitAll(deps, sender, { reading, now });
    await deps.events.sendAll(messagesFor(sender.agencyId, now, taken));
    if (taken.length > 0) await noteHeard(deps, sender, now);
    const outcome = { accepted: taken.length, refused, ignored: reading.translation.ignored };
    report(deps.telemetry, sender, outcome);
    return door.answer(outcome);
  };

/** Seconds that the sender has to wait, 0 where it need not. */
const waitFor = async (
  { takeAllowance, telemetry }: IngestDeps,
  sender: HeadEnd,
  { events, now }: Readonly<{ events: number; now: Instant }>,
): Promise<number> => {
  const { agencyId, tokenId, requestsPerMinute, eventsPerMinute } = sender;
  const limits = { requestsPerMinute, eventsPerMinute };
  const limited = { pk: allowancePk(agencyId, tokenId), limits };
  const { waitSeconds, counterFailed } = await takeAllowance(limited, { requests: 1, events }, now);
  if (counterFailed !== null) {
    telemetry.measure('allowanceCounterFailed', 1);
    telemetry.log.warn('allowance not counted', { tokenId, error: counterFailed });
  }
  if (waitSeconds > 0) {
    telemetry.measure('requestsLimited', 1);
    telemetry.log.warn('request limited', { tokenId, waitSeconds });
  }
  return waitSeconds;
};

/** A token of one device says nothing of its feed. What cannot be noted holds up no event. */
const noteHeard = async (
  { noteFeed, telemetry }: IngestDeps,
  { agencyId, headEndId, deviceSerial }: HeadEnd,
  now: Instant,
): Promise<void> => {
  if (deviceSerial !== undefined) return;
  try {
    await noteFeed(agencyId, headEndId, now);
  } catch (error) {
    // Record: the events are on their queue. The next POST notes it, and an alarm counts these.
    telemetry.measure('feedsNotNoted', 1);
    telemetry.log.warn('feed not noted', { headEndId, error: errorName(error) });
  }
};

const comeAgain = (waitSeconds: number): HttpResponse =>
  refusal(429, {
    code: 'too-many-requests',
    message: `this token has used up its minute; nothing was taken: come again in ${waitSeconds} s`,
    headers: { 'retry-after': String(waitSeconds) },
  });

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
