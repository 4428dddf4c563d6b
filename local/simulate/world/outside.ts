import * as z from 'zod';
import type { Commit } from '../dynamodb/database.ts';
import type { Agenda } from '../engine/agenda.ts';
import { type Dice, dice as diceOf } from '../engine/dice.ts';
import type { Told } from './deployed.ts';
import type { Outsider } from './liaisons.ts';
import type { Office } from './office.ts';
import { liaisonRequest, type Response, responseOf } from './requests.ts';
import type { System } from './system.ts';

/** What a liaison said of an incident, and what it was answered. */
export type Said = Readonly<{
  liaisonId: string;
  incidentId: string;
  /** The event that it says it has; null: it names none. */
  eventId: string | null;
  what: 'receipt' | 'ack' | 'accept' | 'reject' | 'complete' | 'abort' | 'live';
  /** Of a receipt: what it says. */
  code: string | null;
  /** By their clock. */
  at: number;
  startedAt: number;
  answeredAt: number;
  /** Null: no answer came, and nobody can say whether it was taken. */
  status: number | null;
  body: string;
}>;

/** What is about to be said. */
export type Saying = Omit<Said, 'startedAt' | 'answeredAt' | 'status' | 'body'>;

type Word = Exclude<Said['what'], 'receipt' | 'ack'>;

const WAVERING = ['reject', 'accept', 'reject', 'accept', 'reject', 'accept'] as const;
/** What a control room says of one incident, one after another. */
const SCRIPTS: readonly (readonly Word[])[] = [
  ...[[], [], ['accept'], ['accept'], ['reject'], ['live', 'accept']],
  ...[
    ['accept', 'reject'],
    ['reject', 'accept'],
    ['accept', 'complete'],
    ['accept', 'abort'],
  ],
  ...[WAVERING, WAVERING, WAVERING],
] as const;
/** What may say which event it answers. */
const NAMES_EVENT: readonly Word[] = ['accept', 'reject'];
const CODES = ['stored', 'stored', 'stored', 'stored', 'unroutable', 'expired'];
const TRIES = 4;
const MOST_BETWEEN_MILLISECONDS = 900_000;
const LONGEST_UNTIL_FETCHED_MILLISECONDS = 400_000;

const heardSchema = z.object({
  id: z.string(),
  data: z.object({ properties: z.object({ recipient: z.string(), type: z.string() }) }),
});
type Heard = z.infer<typeof heardSchema>;
const pageSchema = z.object({
  events: z.array(z.object({ event: heardSchema })),
  next: z.number(),
});

type Props = Readonly<{
  seed: number;
  agenda: Agenda;
  office: Office;
  system: System;
  onSays: (saying: Saying) => void;
  onSaid: (said: Said) => void;
  /** Until when anybody there says anything. */
  until: number;
}>;

const iso = (at: number): string => new Date(at).toISOString();

/** Control rooms and other offices outside: they take what they are told, and some answer. */
export const outside = ({ seed, agenda, office, system, onSays, onSaid, until }: Props) => {
  const fetched = new Map<string, number>();
  const answered = new Set<string>();

  const ask = async (request: unknown): Promise<Response | null> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const response = responseOf(await system.call('api', request));
      if (response !== null) return response;
    }
    return null;
  };

  const say = async (saying: Saying, request: unknown): Promise<void> => {
    const startedAt = agenda.now();
    onSays(saying);
    const response = await ask(request);
    const status = response?.statusCode ?? null;
    onSaid({
      ...saying,
      ...{ startedAt, answeredAt: agenda.now(), status, body: response?.body ?? '' },
    });
  };

  const messageOf = ({ liaisonId, incidentId, eventId, what, code, at }: Saying, jti: string) => {
    const claims = { jti, iat: Math.floor(at / 1000), incidentId };
    const named = eventId === null ? {} : { eventId };
    const bodies: Readonly<Record<Exclude<Said['what'], 'ack'>, object>> = {
      receipt: { type: 'receipt', ...named, code },
      accept: { type: 'accept', ...named, at: iso(at), reference: `EP-${jti.length}` },
      reject: { type: 'reject', ...named, at: iso(at), cause: 'not-our-area' },
      complete: { type: 'complete', at: iso(at), outcome: 'completed' },
      abort: { type: 'complete', at: iso(at), outcome: 'aborted' },
      live: { type: 'live', reference: `EP-${jti.length}`, asOf: iso(at) },
    };
    const routeKey = 'POST /v1/feeds/{liaisonId}/messages';
    const body = { ...claims, ...(what === 'ack' ? {} : bodies[what]) };
    return liaisonRequest({ routeKey, path: { liaisonId }, body }, liaisonId);
  };

  const ackOf = ({ liaisonId, eventId }: Saying) => {
    const routeKey = 'POST /v1/feeds/{liaisonId}/acks';
    return liaisonRequest({ routeKey, path: { liaisonId }, body: { ack: [eventId] } }, liaisonId);
  };

  /** Written now; it comes when it comes, and perhaps twice. */
  const write = (dice: Dice, outsider: Outsider, said: Omit<Saying, 'at' | 'liaisonId'>): void => {
    const { liaisonId, aheadMilliseconds, mostMillisecondsLate } = outsider;
    if (agenda.now() > until) return;
    const saying = { ...said, liaisonId, at: agenda.now() + aheadMilliseconds };
    const jti = `${said.eventId ?? said.incidentId}/${said.what}/${dice.below(1e9)}`;
    const request = said.what === 'ack' ? ackOf(saying) : messageOf(saying, jti);
    for (let times = dice.happens(0.2) ? 2 : 1; times > 0; times -= 1) {
      agenda.after(dice.below(mostMillisecondsLate), () => void say(saying, request));
    }
  };

  const answer = (dice: Dice, outsider: Outsider, eventId: string): void => {
    const [incidentId = ''] = eventId.split('.');
    let waits = dice.below((outsider.acceptance?.acceptSeconds ?? 0) * 2_000);
    for (const what of dice.pick(SCRIPTS)) {
      const named = dice.happens(0.5) && NAMES_EVENT.includes(what) ? eventId : null;
      agenda.after(waits, () =>
        write(dice, outsider, { what, incidentId, eventId: named, code: null }),
      );
      waits += dice.happens(0.4)
        ? dice.below(60_000)
        : dice.between(320_000, MOST_BETWEEN_MILLISECONDS);
    }
  };

  /** An event came, for the first time or again. */
  const hear = (outsider: Outsider, { id: eventId, data }: Heard, nth: string): void => {
    const dice = diceOf(seed).named(`outside ${eventId} ${nth}`);
    const [incidentId = ''] = eventId.split('.');
    if (!dice.happens(outsider.losesReceipts)) {
      const isAck = outsider.acceptance === null || dice.happens(0.5);
      const code = isAck ? null : dice.pick(CODES);
      const what = isAck ? 'ack' : 'receipt';
      write(dice, outsider, { what, incidentId, eventId, code });
    }
    const isNew = !answered.has(eventId);
    answered.add(eventId);
    const isRaised = data.properties.type === 'raised';
    if (isNew && isRaised && outsider.acceptance !== null) answer(dice, outsider, eventId);
  };

  const outsiderOf = (liaisonId: string): Outsider | undefined =>
    office.outsiders.find((one) => one.liaisonId === liaisonId);

  const fetchEvents = async (outsider: Outsider): Promise<void> => {
    const { liaisonId } = outsider;
    const after = String(fetched.get(liaisonId) ?? 0);
    const asked = { routeKey: 'GET /v1/feeds/{liaisonId}/events', path: { liaisonId } };
    const response = await ask(liaisonRequest({ ...asked, query: { after } }, liaisonId));
    if (response?.statusCode !== 200) return;
    const { events, next } = pageSchema.parse(JSON.parse(response.body));
    fetched.set(liaisonId, Math.max(next, fetched.get(liaisonId) ?? 0));
    for (const { event } of events) hear(outsider, event, 'fetched');
  };

  return {
    /** Something was sent to them. */
    onTold: ({ to, text, id }: Told): void => {
      if (to !== 'arn:police') return;
      const heard = heardSchema.parse(JSON.parse(text));
      const outsider = outsiderOf(heard.data.properties.recipient);
      if (outsider !== undefined) hear(outsider, heard, id);
    },
    /** Who fetches does so some minutes after there is something to fetch. */
    onCommit: ({ changes }: Commit): void => {
      for (const { before, after, key } of changes) {
        if (after?.entity?.S !== 'LIAISON_EVENT' || before !== undefined) continue;
        const outsider = outsiderOf(key.pk?.S?.split('#')[2] ?? '');
        if (outsider === undefined || outsider.isPushed) continue;
        const dice = diceOf(seed).named(`fetches ${key.pk?.S} ${key.sk?.S}`);
        const waits = dice.below(LONGEST_UNTIL_FETCHED_MILLISECONDS);
        agenda.after(waits, () => void (agenda.now() <= until && fetchEvents(outsider)));
      }
    },
  };
};
