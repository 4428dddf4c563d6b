import { isSameJson } from '#domain/evaluate/same-json.ts';
import type { AlertId, WearerRef } from '#domain/model/ids.ts';
import {
  DAY_SECONDS,
  earlierOf,
  type Instant,
  instant,
  secondsAfter,
} from '#domain/model/instant.ts';
import type { DataClass } from '#domain/retention/data-class.ts';
import {
  planPieces,
  planRetention,
  type RetentionPlan,
  type Standing,
  type Stays,
  whyItGoes,
} from '#domain/retention/retention-plan.ts';
import type { ErasablePiece } from '../adapters/dynamodb/erasable.ts';
import type { LoadErasableDocuments } from '../adapters/dynamodb/erasable-documents.ts';
import type { Erasing, ErasingOf } from '../adapters/dynamodb/erasing.ts';
import type {
  LoadRetentionFacts,
  PolicyInForce,
  RetentionFacts,
} from '../adapters/dynamodb/retention-facts.ts';
import type { Eraser } from './eraser.ts';
import type { PagesOf } from './pages-of.ts';

export type EraseWearerDeps = Readonly<{
  loadFacts: LoadRetentionFacts;
  loadDocuments: LoadErasableDocuments;
  /** Everything else that is held of a wearer, page by page. */
  pagesOf: PagesOf;
  /** Keys of all objects below a wearer's name. */
  objectsOf: (wearer: WearerRef) => AsyncIterable<readonly string[]>;
  /** Of somebody who is still listed, and whose document has gone. */
  loadRest: LoadRetentionFacts;
  sealed: Erasing['sealed'];
}>;

/** A turn: as of when, by which policy, with which eraser, and for how long. */
export type Turn = Readonly<{
  at: Instant;
  policy: PolicyInForce;
  eraser: Eraser;
  mayGoOn: () => boolean;
}>;

type Named = Readonly<{ dataClass: DataClass; name: string }>;

/** What stays until a later day, and why; `not-sealed`: its place in its chain is to come. */
export type Staying = Named & Readonly<{ because: Stays | Readonly<{ kind: 'not-sealed' }> }>;

/** What became of a wearer's data. */
export type Outcome = {
  standing: readonly Standing[];
  gone: Named[];
  stays: Staying[];
  /** Keys that are none of ours: they stay. */
  unknown: readonly string[];
  /** Whether time was up, or a hold was put, before all of it was done. */
  isCutOff: boolean;
  isForgotten: boolean;
  lookAt: Instant;
};

/** Everybody is looked at so often: orders end, and policies change. */
const LOOK_EVERY_DAYS = 7;

const outcomeOf = ({ standing, nextAt }: RetentionPlan, at: Instant): Outcome => {
  const soon = secondsAfter(at, LOOK_EVERY_DAYS * DAY_SECONDS);
  const lookAt = nextAt === null ? soon : earlierOf(soon, nextAt);
  const nothing = { gone: [], stays: [], unknown: [], isCutOff: false, isForgotten: false };
  return { standing, ...nothing, lookAt };
};

const isAnyDue = ({ standing, classes }: RetentionPlan, at: Instant): boolean =>
  standing.length === 0 && classes.some(({ mayGoAt }) => mayGoAt <= at);

type Work = Readonly<{
  turn: Turn;
  of: ErasingOf;
  plan: RetentionPlan;
  outcome: Outcome;
  /** Keys of the objects of all pieces so far. */
  objects: Set<string>;
}>;

const named = ({ dataClass, name }: ErasablePiece): Named => ({ dataClass, name });

const byClass = (pieces: readonly ErasablePiece[]): [DataClass, ErasablePiece[]][] => [
  ...Map.groupBy(pieces, ({ dataClass }) => dataClass),
];

/** Erases what of some pieces goes. */
const eraseSome = async (
  { sealed }: EraseWearerDeps,
  { turn, of, plan, outcome, objects }: Work,
  { pieces, isAll }: Readonly<{ pieces: readonly ErasablePiece[]; isAll: boolean }>,
): Promise<void> => {
  for (const piece of pieces) for (const key of piece.objects ?? []) objects.add(key);
  const { goes, stays } = planPieces(plan, pieces, { at: turn.at, isAll });
  const ready = await sealed(goes);
  const waiting = goes.filter((piece) => !ready.includes(piece));
  outcome.stays.push(
    ...stays.map(({ piece, because }) => ({ ...named(piece), because })),
    ...waiting.map((piece) => ({ ...named(piece), because: { kind: 'not-sealed' } as const })),
  );
  for (const [dataClass, some] of byClass(ready)) {
    const planned = plan.classes.find((one) => one.dataClass === dataClass);
    if (planned === undefined) continue;
    const because = { dataClass, policyVersion: turn.policy.version, why: whyItGoes(planned) };
    if ((await turn.eraser.erase(of, some, because)) === 'held') {
      outcome.isCutOff = true;
      return;
    }
    outcome.gone.push(...some.map(named));
  }
};

/** An object that something of what stays needs as well is not erased with what goes. */
const keepShared = (pieces: readonly ErasablePiece[], plan: RetentionPlan, at: Instant) => {
  const { stays } = planPieces(plan, pieces, { at, isAll: false });
  const needed = new Set(stays.flatMap(({ piece }) => piece.objects ?? []));
  return pieces.map((piece) => ({
    ...piece,
    objects: (piece.objects ?? []).filter((key) => !needed.has(key)),
  }));
};

const isOwn = ({ dataClass }: ErasablePiece): boolean => dataClass === 'wearer';

const factsOf = async (
  { loadFacts, loadRest }: EraseWearerDeps,
  wearer: WearerRef,
): Promise<RetentionFacts | null> => (await loadFacts(wearer)) ?? (await loadRest(wearer));

const planOf = (
  { at, policy: { policy } }: Turn,
  facts: RetentionFacts,
  openAlerts: readonly AlertId[],
): RetentionPlan => planRetention({ ...facts, at, policy, openAlerts });

/** Objects below the wearer's name that nothing names: such as of an import that broke off. */
const unnamedObjects = async (
  { objectsOf }: EraseWearerDeps,
  { of, objects }: Work,
): Promise<ErasablePiece[]> => {
  const found: ErasablePiece[] = [];
  const piece = { dataClass: 'wearer', at: instant(0), rows: [], chain: null } as const;
  for await (const keys of objectsOf(of.wearer)) {
    const unnamed = keys.filter((key) => !objects.has(key));
    found.push(...unnamed.map((key) => ({ ...piece, name: key, objects: [key] })));
  }
  return found;
};

const isStaying = ({ isCutOff, stays, unknown }: Outcome): boolean =>
  isCutOff || stays.length > 0 || unknown.length > 0;

/** Time may be up, and an order, a task or a hold may have come since all this was planned. */
const mayGoOn = async (deps: EraseWearerDeps, { turn, of, plan, outcome }: Work) => {
  if (!turn.mayGoOn()) outcome.isCutOff = true;
  if (outcome.isCutOff) return false;
  const facts = await factsOf(deps, of.wearer);
  const now = facts === null ? null : planOf(turn, facts, []);
  // Record: what has gone is on record, and the next run decides anew of the rest.
  outcome.isCutOff =
    now === null || now.standing.length > 0 || !isSameJson(now.classes, plan.classes);
  return !outcome.isCutOff;
};

/** The wearer's own documents as they stand now; null: something else has come, which is first. */
const ownDocuments = async (
  { loadDocuments }: EraseWearerDeps,
  { of }: Work,
  before: readonly ErasablePiece[],
): Promise<ErasablePiece[] | null> => {
  const { pieces, openAlerts, unknown } = await loadDocuments(of.wearer);
  const known = new Set(before.map(({ name }) => name));
  const isNew = openAlerts.length > 0 || unknown.length > 0;
  if (isNew || pieces.some((piece) => !isOwn(piece) && !known.has(piece.name))) return null;
  return pieces.filter(isOwn).toSorted((a, b) => rank(a) - rank(b));
};

/** Everything but the wearer's own documents, then those, and at last that they were listed. */
const eraseAll = async (
  deps: EraseWearerDeps,
  work: Work,
  documents: readonly ErasablePiece[],
): Promise<void> => {
  const { turn, of, plan, outcome } = work;
  const others = documents.filter((piece) => !isOwn(piece));
  for await (const page of deps.pagesOf(of.wearer)) {
    if (!(await mayGoOn(deps, work))) return;
    const pieces = keepShared(page, plan, turn.at);
    await eraseSome(deps, work, { pieces, isAll: false });
  }
  if (!(await mayGoOn(deps, work))) return;
  await eraseSome(deps, work, { pieces: others, isAll: false });
  if (isStaying(outcome) || !(await mayGoOn(deps, work))) return;
  // By the document of the wearer, or of the pair, the rest is found again: it is the last.
  const own = await ownDocuments(deps, work, documents);
  outcome.isCutOff = own === null;
  if (own === null) return;
  const last = [...(await unnamedObjects(deps, work)), ...own];
  await eraseSome(deps, work, { pieces: last, isAll: true });
  if (isStaying(outcome)) return;
  outcome.isForgotten = await turn.eraser.forget(of);
};

const rank = ({ name }: ErasablePiece): number => (['WEARER', 'PAIR'].includes(name) ? 1 : 0);

/**
 * Erases what of a wearer may go, and says what went and what stands. Cut off anywhere, the next
 * run goes on with what is left.
 */
export const eraseWearer =
  (deps: EraseWearerDeps, turn: Turn) =>
  async (wearer: WearerRef): Promise<Outcome | null> => {
    const facts = await factsOf(deps, wearer);
    if (facts === null) return null;
    const of = { wearer, guards: facts.guards };
    await turn.eraser.goOn(of);
    const first = planOf(turn, facts, []);
    if (!isAnyDue(first, turn.at)) return outcomeOf(first, turn.at);
    const { pieces, openAlerts, unknown } = await deps.loadDocuments(wearer);
    const plan = planOf(turn, facts, openAlerts);
    const outcome = { ...outcomeOf(plan, turn.at), unknown };
    if (isAnyDue(plan, turn.at))
      await eraseAll(deps, { turn, of, plan, outcome, objects: new Set() }, pieces);
    return outcome;
  };
