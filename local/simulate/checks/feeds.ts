import type { LiaisonEvent } from '#domain/liaison/event.ts';
import type { Change } from '../dynamodb/table.ts';
import type { MakeCheck, Watch } from './check.ts';
import { feedChangeOf, type InFeed, isEnd } from './feed-rows.ts';

/** What a policy may name; everything else of an event says nothing of a person. */
const PARTS = [
  ...['wearerRef', 'person', 'risk', 'order', 'power', 'finding', 'place', 'area', 'position'],
  ...['reference', 'contactBack', 'outcome'],
];
const ENFORCES = ['police', 'court'];

type Disclosure = Readonly<{
  eventId: string;
  recipient: Readonly<{ liaisonId: string; kind: string }>;
  fields: readonly string[];
  decision: Readonly<{ rule: string; by: string | null }> | null;
}>;

const disclosuresOf = (changes: readonly Change[]): Disclosure[] =>
  changes.flatMap(({ table, key, after }) => {
    const [, kind] = key.sk?.S?.split('#') ?? [];
    if (table !== 'record' || kind !== 'DISCLOSE' || after === undefined) return [];
    return [JSON.parse(after.body?.S ?? '{}')];
  });

const checkDisclosed = (
  { report, saw, plan }: Watch,
  { event }: InFeed,
  entry: Disclosure | undefined,
) => {
  const { eventId, recipient } = event;
  if (entry === undefined) return report('I34 what is disclosed is on record', eventId);
  saw(`told by rule: ${entry.decision?.rule ?? 'none'}`);
  const told = PARTS.filter((part) => part in event);
  const isSame = told.length === entry.fields.length && told.every((p) => entry.fields.includes(p));
  if (!isSame || entry.recipient.liaisonId !== recipient) {
    report('I34 what is disclosed is on record', `${eventId}: ${told}, not ${entry.fields}`);
  }
  const put = plan.office.puts.find(({ path }) => path.liaisonId === recipient);
  const allowed: readonly unknown[] = Object(put?.body).fields ?? [];
  const withheld = told.filter((part) => !allowed.includes(part));
  if (withheld.length > 0) report('I34 what a policy withholds is told nobody', `${withheld}`);
  const isCare = event.class === 'welfare' && ENFORCES.includes(entry.recipient.kind);
  if (isCare && entry.decision?.rule !== 'by-hand') {
    report('I35 who enforces hears of care by a person alone', eventId);
  }
};

/** Whether an event may come after another of its incident. */
const mayFollow = (last: LiaisonEvent, { type }: LiaisonEvent): boolean =>
  !isEnd(last) || (type !== last.type && type !== 'updated');

/** I34, I35: a feed has no gap, nor an incident in it; and all that it discloses is on record. */
export const feeds: MakeCheck = (watch) => {
  const { report, saw } = watch;
  const lengths = new Map<string, number>();
  const lastOf = new Map<string, LiaisonEvent>();

  const onAppended = ({ feed, position, event }: InFeed): void => {
    const { eventId, incidentId, sequence, type, replaces, recipient } = event;
    saw(`liaison told: ${type}`);
    const length = lengths.get(feed) ?? 0;
    if (position !== length + 1) report('I34 a feed has no gap', `${feed}: ${length}, ${position}`);
    lengths.set(feed, position);
    if (!feed.endsWith(`#${recipient}`)) report('I34 a feed is of one liaison', eventId);
    const last = lastOf.get(incidentId);
    lastOf.set(incidentId, event);
    const isNext =
      sequence === (last?.sequence ?? 0) + 1 && eventId === `${incidentId}.${sequence}`;
    if (!isNext || replaces !== (last?.eventId ?? null) || (last && last.recipient !== recipient)) {
      report('I34 an incident has no gap', `${eventId} replaces ${replaces}`);
    }
    if (last === undefined && type !== 'raised') report('I34 an incident begins raised', eventId);
    if (last !== undefined && !mayFollow(last, event)) {
      report('I34 nothing follows the end', `${eventId}: ${type} after ${last.type}`);
    }
  };

  return {
    onCommit: ({ changes }) => {
      const entries = disclosuresOf(changes);
      const appended = changes.flatMap((change) => {
        const found = feedChangeOf(change);
        if (found === null) return [];
        const { was, is } = found;
        if (was === null) return [is];
        const isSame = JSON.stringify(was.event) === JSON.stringify(is.event);
        if (!isSame) report('I34 what was told stands', is.event.eventId);
        return [];
      });
      for (const one of appended) {
        onAppended(one);
        const entry = entries.find(({ eventId }) => eventId === one.event.eventId);
        checkDisclosed(watch, one, entry);
      }
      if (entries.length !== appended.length) {
        report('I34 nothing is disclosed that is not told', entries.map((e) => e.eventId).join());
      }
    },
  };
};
