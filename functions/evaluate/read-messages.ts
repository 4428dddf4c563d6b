import { compareInputs } from '#domain/evaluate/slice.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { earliest, type Instant, instant, laterOf } from '#domain/model/instant.ts';
import { unpackEvents } from '#domain/trail/pack-events.ts';
import { statePk } from '../adapters/dynamodb/keys.ts';
import { type EvaluateMessage, evaluateMessageSchema } from '../adapters/sqs/messages.ts';
import type { QueueRecord } from '../middleware/batch.ts';

/** Everything of one wearer in a batch: folded together, saved once. */
export type WearerWork = Readonly<{
  wearer: WearerRef;
  messageIds: readonly string[];
  events: readonly DeviceEvent[];
  ticks: readonly Instant[];
  isSupervisionChanged: boolean;
  /** The earliest instant from which a change of orders counts; null where there is none. */
  changedFrom: Instant | null;
  /** Whether what was kept of a parked wearer is to be folded: asked for, or worth another try. */
  isUnparking: boolean;
  /** Whether the wearer's places are to be learned, where it is time. */
  isLearning: boolean;
  /** Whether more was kept of the wearer than these events: until then they stay parked. */
  hasMoreKept: boolean;
  /** The latest receipt or change among the messages; null where there are only ticks. */
  heardAt: Instant | null;
  /** What falls due after this is left to a later part; null where there is none. */
  notAfter: Instant | null;
  /** The same for the same messages, whatever their order in the batch. */
  cause: string;
}>;

type ReadMessage = Readonly<{
  messageId: string;
  message: EvaluateMessage;
  events: readonly DeviceEvent[];
}>;

/** A message that is none of ours, or cannot be unpacked. */
export type UnreadableMessage = Readonly<{ messageId: string; unreadable: string }>;

export const readMessage = (record: QueueRecord): ReadMessage | UnreadableMessage => {
  try {
    const message = evaluateMessageSchema.parse(JSON.parse(record.body));
    const packed = message.kind === 'events' ? Buffer.from(message.packed, 'base64') : null;
    const events = packed === null ? [] : unpackEvents(packed);
    return { messageId: record.messageId, message, events };
  } catch {
    // Park: no other try could read it.
    return { messageId: record.messageId, unreadable: record.body };
  }
};

const heardAtOf = (message: EvaluateMessage): Instant | null => {
  switch (message.kind) {
    case 'events':
      return message.receivedAt;
    case 'supervision-changed':
      return message.changedAt;
    case 'unpark':
      return message.askedAt;
    case 'tick':
    case 'learn':
      return null;
    default:
      return message satisfies never;
  }
};

const workOf = (read: readonly ReadMessage[]): WearerWork | null => {
  const [first] = read;
  if (first === undefined) return null;
  const messages = read.map(({ message }) => message);
  const { agencyId, wearerId } = first.message;
  const heard = messages.map(heardAtOf).filter((at) => at !== null);
  return {
    wearer: { agencyId, wearerId },
    messageIds: read.map(({ messageId }) => messageId),
    events: read.flatMap(({ events }) => events),
    ticks: messages.flatMap((m) => (m.kind === 'tick' ? [m.dueAt] : [])),
    isSupervisionChanged: messages.some((m) => m.kind === 'supervision-changed'),
    changedFrom: earliest(
      messages.map((m) => (m.kind === 'supervision-changed' ? (m.inForceAt ?? m.changedAt) : null)),
    ),
    isUnparking: messages.some((m) => m.kind === 'unpark' || m.kind === 'supervision-changed'),
    notAfter: null,
    isLearning: messages.some((m) => m.kind === 'learn'),
    hasMoreKept: false,
    heardAt: heard.length === 0 ? null : heard.reduce(laterOf, instant(0)),
    cause: messages
      .map((m) => JSON.stringify(m))
      .sort()
      .join('\n'),
  };
};

/** So many events are folded and saved at once: their slices fit one transaction of 100 items. */
const MOST_EVENTS_AT_ONCE = 1_000;

const inParts = (read: readonly ReadMessage[]): WearerWork[] => {
  const parts: WearerWork[] = [];
  let pending: ReadMessage[] = [];
  for (const one of read) {
    const grown = workOf([...pending, one]);
    if (pending.length > 0 && (grown?.events.length ?? 0) > MOST_EVENTS_AT_ONCE) {
      parts.push(...[workOf(pending)].filter((work) => work !== null));
      pending = [];
    }
    pending.push(one);
  }
  return [...parts, ...[workOf(pending)].filter((work) => work !== null)];
};

/** Groups readable messages by wearer, each wearer's in parts to be worked on one after another. */
export const groupByWearer = (read: readonly ReadMessage[]): WearerWork[][] => {
  const groups = Map.groupBy(read, ({ message }) => statePk(message));
  return [...groups.values()].map(inParts);
};

/**
 * A part in two, by event time. The first speaks of nothing later than its own last event: what
 * falls due after that is left to the second, which knows more.
 */
export const halves = (work: WearerWork): WearerWork[] => {
  const inOrder = [...work.events].sort(compareInputs);
  const middle = Math.ceil(inOrder.length / 2);
  const first = inOrder.slice(0, middle);
  const notAfter = first.at(-1)?.recordedAt ?? work.notAfter;
  return [
    {
      ...{ ...work, events: first, ticks: [], notAfter, isLearning: false },
      // Who is being unparked is so with the last of their events, and not before.
      hasMoreKept: work.isUnparking || work.hasMoreKept,
      cause: `${work.cause}\nfirst half`,
    },
    { ...work, events: inOrder.slice(middle), cause: `${work.cause}\nsecond half` },
  ];
};
