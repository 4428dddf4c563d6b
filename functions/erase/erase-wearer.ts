import type { WearerRef } from '#domain/model/ids.ts';
import { DAY_SECONDS, earlierOf, type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { DataClass } from '#domain/retention/data-class.ts';
import {
  planPieces,
  planRetention,
  type RetentionPlan,
  type Standing,
  whyItGoes,
} from '#domain/retention/retention-plan.ts';
import type { ErasablePiece } from '../adapters/dynamodb/erasable.ts';
import type { LoadErasableDocuments } from '../adapters/dynamodb/erasable-documents.ts';
import type { Erasing, ErasingOf } from '../adapters/dynamodb/erasing.ts';
import type { LoadRetentionFacts, PolicyInForce } from '../adapters/dynamodb/retention-facts.ts';
import type { Eraser } from './eraser.ts';

export type EraseWearerDeps = Readonly<{
  loadFacts: LoadRetentionFacts;
  loadDocuments: LoadErasableDocuments;
  /** Everything else that is held of a wearer, page by page. */
  pagesOf: (wearer: WearerRef) => AsyncIterable<readonly ErasablePiece[]>;
  sealed: Erasing['sealed'];
}>;

/** A turn: as of when, by which policy, with which eraser, and for how long. */
export type Turn = Readonly<{
  at: Instant;
  policy: PolicyInForce;
  eraser: Eraser;
  mayGoOn: () => boolean;
}>;

/** What became of a wearer's data. */
export type Outcome = {
  standing: readonly Standing[];
  gone: { dataClass: DataClass; name: string }[];
  /** Pieces that stay until a later day. */
  stays: number;
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
  const nothing = { gone: [], stays: 0, unknown: [], isCutOff: false, isForgotten: false };
  return { standing, ...nothing, lookAt };
};

const isAnyDue = ({ standing, classes }: RetentionPlan, at: Instant): boolean =>
  standing.length === 0 && classes.some(({ mayGoAt }) => mayGoAt <= at);

type Work = Readonly<{ turn: Turn; of: ErasingOf; plan: RetentionPlan; outcome: Outcome }>;

const byClass = (pieces: readonly ErasablePiece[]): [DataClass, ErasablePiece[]][] => [
  ...Map.groupBy(pieces, ({ dataClass }) => dataClass),
];

/** Erases what of some pieces goes. */
const eraseSome = async (
  { sealed }: EraseWearerDeps,
  { turn, of, plan, outcome }: Work,
  { pieces, isAll }: Readonly<{ pieces: readonly ErasablePiece[]; isAll: boolean }>,
): Promise<void> => {
  const { goes, stays } = planPieces(plan, pieces, { at: turn.at, isAll });
  const ready = await sealed(goes);
  outcome.stays += stays.length + goes.length - ready.length;
  for (const [dataClass, some] of byClass(ready)) {
    const planned = plan.classes.find((one) => one.dataClass === dataClass);
    if (planned === undefined) continue;
    const because = { dataClass, policyVersion: turn.policy.version, why: whyItGoes(planned) };
    if ((await turn.eraser.erase(of, some, because)) === 'held') {
      outcome.isCutOff = true;
      return;
    }
    outcome.gone.push(...some.map(({ name }) => ({ dataClass, name })));
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

/** Everything but the wearer's own documents, then those, and at last that they were listed. */
const eraseAll = async (
  deps: EraseWearerDeps,
  work: Work,
  documents: readonly ErasablePiece[],
): Promise<void> => {
  const { turn, of, plan, outcome } = work;
  const isDone = (): boolean => {
    if (!turn.mayGoOn()) outcome.isCutOff = true;
    return outcome.isCutOff;
  };
  const others = documents.filter((piece) => !isOwn(piece));
  for await (const page of deps.pagesOf(of.wearer)) {
    if (isDone()) return;
    const pieces = keepShared(page, plan, turn.at);
    await eraseSome(deps, work, { pieces, isAll: false });
  }
  if (isDone()) return;
  await eraseSome(deps, work, { pieces: others, isAll: false });
  if (isDone() || outcome.stays > 0 || outcome.unknown.length > 0) return;
  // By the document of the wearer, or of the pair, the rest is found again: it is the last.
  const last = documents.filter(isOwn).toSorted((a, b) => rank(a) - rank(b));
  await eraseSome(deps, work, { pieces: last, isAll: true });
  if (outcome.isCutOff || outcome.stays > 0) return;
  await turn.eraser.forget(of);
  outcome.isForgotten = true;
};

const rank = ({ name }: ErasablePiece): number => (['WEARER', 'PAIR'].includes(name) ? 1 : 0);

/**
 * Erases what of a wearer may go, and says what went and what stands. Cut off anywhere, the next
 * run goes on with what is left.
 */
export const eraseWearer =
  (deps: EraseWearerDeps, turn: Turn) =>
  async (wearer: WearerRef): Promise<Outcome | null> => {
    const facts = await deps.loadFacts(wearer);
    if (facts === null) return null;
    const of = { wearer, guards: facts.guards };
    await turn.eraser.goOn(of);
    const about = { ...facts, at: turn.at, policy: turn.policy.policy };
    const first = planRetention({ ...about, openAlerts: [] });
    if (!isAnyDue(first, turn.at)) return outcomeOf(first, turn.at);
    const { pieces, openAlerts, unknown } = await deps.loadDocuments(wearer);
    const plan = planRetention({ ...about, openAlerts });
    const outcome = { ...outcomeOf(plan, turn.at), unknown };
    if (isAnyDue(plan, turn.at)) await eraseAll(deps, { turn, of, plan, outcome }, pieces);
    return outcome;
  };
