import * as z from 'zod';
import { type Instant, instantSchema, secondsBetween } from '../model/instant.ts';
import {
  FAULTS,
  type Fault,
  type Finding,
  faultSchema,
  findingOf,
  findingSchema,
  MOST_NAMED,
  type Watcher,
  watcherSchema,
} from './faults.ts';

/** It is over when nothing has been wrong for so long: at two looks of each watcher. */
const WELL_FOR_SECONDS = 60;
/** What has grown by so much is news, and is told again. */
const GROWN_FACTOR = 3;
const GROWN_LEAST = 3;
/** Each parked wearer is somebody whom nobody watches: told one by one, up to a flood. */
const EACH_TOLD_UP_TO = 5;
/** A watcher that has not looked for so long has missed two minutes' looks, and is silent. */
const SILENT_AFTER_SECONDS = 150;
/** After a pause of the whole stack each gives the other so long to look first. */
const AWAKE_FOR_SECONDS = 90;
/** Notices are kept as far back as this. */
const MOST_NOTICES = 20;

/** What the duty manager is told: of what is wrong, or that it is over and what was missed. */
const blindNoticeSchema = z.object({
  /** `blind`: something is wrong, or has grown; `back`: nothing is any more. */
  kind: z.enum(['blind', 'back']),
  by: watcherSchema,
  at: instantSchema,
  sinceAt: instantSchema,
  /** What is wrong; of `back`, the worst of each that was. */
  findings: z.array(findingSchema),
  /** When SNS accepted it; null until then. */
  toldAt: instantSchema.nullable(),
});
export type BlindNotice = z.infer<typeof blindNoticeSchema>;

/** A stretch of time in which something is wrong, until all is well for a while. */
const spellSchema = z.object({
  sinceAt: instantSchema,
  wrong: z.array(findingSchema),
  wellSinceAt: instantSchema.nullable(),
  /** The worst of each fault so far. */
  worst: z.array(findingSchema),
  told: z.array(z.object({ fault: faultSchema, count: z.number().int() })),
});
type Spell = z.infer<typeof spellSchema>;

/** When a watcher last looked, and since when it has looked without a pause. */
const lookedSchema = z.object({ at: instantSchema, awakeSinceAt: instantSchema });

/** What the auditor and the canary remember between their looks. */
export const vigilSchema = z.object({
  spell: spellSchema.nullable(),
  notices: z.array(blindNoticeSchema),
  looked: z.object({ auditor: lookedSchema, canary: lookedSchema }),
});
export type Vigil = z.infer<typeof vigilSchema>;

export const beginVigil = (now: Instant): Vigil => ({
  spell: null,
  notices: [],
  looked: { auditor: { at: now, awakeSinceAt: now }, canary: { at: now, awakeSinceAt: now } },
});

/** What a watcher found at one look. */
export type Look = Readonly<{
  by: Watcher;
  findings: readonly Finding[];
  /** What it could not but tell by itself before it could remember anything. */
  told?: readonly Fault[];
}>;

const other = (by: Watcher): Watcher => (by === 'auditor' ? 'canary' : 'auditor');

const isSilent = (lastAt: Instant, now: Instant): boolean =>
  secondsBetween(lastAt, now) > SILENT_AFTER_SECONDS;

const lookedNow = ({ looked }: Vigil, by: Watcher, now: Instant): Vigil['looked'] => {
  const { at, awakeSinceAt } = looked[by];
  return { ...looked, [by]: { at: now, awakeSinceAt: isSilent(at, now) ? now : awakeSinceAt } };
};

/**
 * Whether the other watcher has fallen silent. Only who has been awake for a while can say so:
 * after a pause of the whole stack both are late, and neither is to blame.
 */
const silenceOf = (looked: Vigil['looked'], by: Watcher, now: Instant): Finding[] => {
  const { at: sinceAt } = looked[other(by)];
  const isAwake = secondsBetween(looked[by].awakeSinceAt, now) >= AWAKE_FOR_SECONDS;
  if (!isAwake || !isSilent(sinceAt, now)) return [];
  return [findingOf(`${other(by)}-silent`, sinceAt)];
};

const worse = (a: Finding | undefined, b: Finding): Finding => {
  if (a === undefined) return b;
  const alertIds = [...new Set([...a.alertIds, ...b.alertIds])].slice(0, MOST_NAMED);
  const sinceAt = a.sinceAt <= b.sinceAt ? a.sinceAt : b.sinceAt;
  return { fault: a.fault, sinceAt, count: Math.max(a.count, b.count, alertIds.length), alertIds };
};

const worstOf = (known: readonly Finding[], found: readonly Finding[]): Finding[] => {
  const faults = new Map(known.map((one) => [one.fault, one]));
  for (const one of found) faults.set(one.fault, worse(faults.get(one.fault), one));
  return [...faults.values()];
};

const isNews = ({ told }: Spell, { fault, count }: Finding): boolean => {
  const before = told.find((one) => one.fault === fault);
  if (before === undefined) return true;
  const isOneMore = fault === 'wearers-parked' && count > before.count;
  if (isOneMore && count <= EACH_TOLD_UP_TO) return true;
  return count >= before.count * GROWN_FACTOR && count >= before.count + GROWN_LEAST;
};

/** What is to be told now. That a test alert is lost too says nothing to who was told why. */
const newsOf = (spell: Spell): Finding[] => {
  const news = spell.wrong.filter((one) => isNews(spell, one));
  const isExplained = spell.told.length > 0 || news.length > 1;
  return news.filter(({ fault }) => fault !== 'test-alert-lost' || !isExplained);
};

const tellAll = (spell: Spell, findings: readonly Finding[]): Spell => {
  const told = new Map(spell.told.map(({ fault, count }) => [fault, count]));
  for (const { fault, count } of findings) told.set(fault, Math.max(count, told.get(fault) ?? 0));
  return { ...spell, told: [...told].map(([fault, count]) => ({ fault, count })) };
};

const startOf = (findings: readonly Finding[], now: Instant): Instant =>
  findings.reduce((first, { sinceAt }) => (sinceAt < first ? sinceAt : first), now);

const beginSpell = (findings: readonly Finding[], now: Instant): Spell => ({
  sinceAt: startOf(findings, now),
  ...{ wrong: [], wellSinceAt: null, worst: [], told: [] },
});

type Followed = Readonly<{ spell: Spell | null; notice: BlindNotice | null }>;

const noticeOf = (kind: BlindNotice['kind'], spell: Spell, findings: Finding[]) => ({
  ...{ kind, sinceAt: spell.sinceAt, findings, toldAt: null },
});

/** Nothing is wrong: in a while it is over, and what was missed is told. */
const allWell = (spell: Spell, { by }: Look, at: Instant): Followed => {
  const wellSinceAt = spell.wellSinceAt ?? at;
  const isOver = secondsBetween(wellSinceAt, at) >= WELL_FOR_SECONDS;
  return isOver
    ? { spell: null, notice: { ...noticeOf('back', spell, spell.worst), by, at } }
    : { spell: { ...spell, wrong: [], wellSinceAt }, notice: null };
};

/** The spell after a look, and the notice that the look calls for. */
const follow = (spell: Spell, look: Look, at: Instant): Followed => {
  const { by, findings, told = [] } = look;
  const elsewhere = spell.wrong.filter(({ fault }) => FAULTS[fault].seenBy !== by);
  const wrong = [...elsewhere, ...findings];
  if (wrong.length === 0) return allWell(spell, look, at);
  const worst = worstOf(spell.worst, findings);
  const toldAlready = wrong.filter(({ fault }) => told.includes(fault));
  const known = tellAll({ ...spell, wrong, worst, wellSinceAt: null }, toldAlready);
  const news = newsOf(known);
  const notice = news.length === 0 ? null : { ...noticeOf('blind', spell, news), by, at };
  return { spell: tellAll(known, news), notice };
};

/**
 * The vigil after a look: what is wrong now, and a notice where the duty manager must hear of it.
 * They hear of each fault once in a spell, again where it has grown, and once when all is over.
 */
export const afterLook = (vigil: Vigil, look: Look, now: Instant): Vigil => {
  const looked = lookedNow(vigil, look.by, now);
  const findings = [...look.findings, ...silenceOf(looked, look.by, now)];
  if (vigil.spell === null && findings.length === 0) return { ...vigil, looked };
  const before = vigil.spell ?? beginSpell(findings, now);
  const { spell, notice } = follow(before, { ...look, findings }, now);
  const notices = notice === null ? vigil.notices : [...vigil.notices, notice];
  return { spell, notices: notices.slice(-MOST_NOTICES), looked };
};

/** The notices that a watcher has to tell now: its own, and those that were left lying. */
export const untold = ({ notices }: Vigil, by: Watcher, now: Instant): BlindNotice[] =>
  notices.filter(
    (one) =>
      one.toldAt === null &&
      ((one.by === by && one.at === now) || secondsBetween(one.at, now) >= WELL_FOR_SECONDS),
  );

/** The vigil once SNS has accepted a notice. */
export const afterTelling = (vigil: Vigil, { by, at }: BlindNotice, toldAt: Instant): Vigil => ({
  ...vigil,
  notices: vigil.notices.map((one) => (one.by === by && one.at === at ? { ...one, toldAt } : one)),
});
