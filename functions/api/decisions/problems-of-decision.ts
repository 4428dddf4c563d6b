import type { Decision, SentDecision } from '#domain/casework/decision.ts';
import type { Versioned } from '#domain/model/documents.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { type Order, orderSchema } from '#domain/model/order.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { Item } from '../../adapters/dynamodb/items.ts';
import { orderKey, permissionKey } from '../../adapters/dynamodb/keys.ts';
import { unknownAmong } from '../named-documents.ts';
import { notOnRecord, type Problem } from '../problems.ts';
import type { Call } from '../route.ts';
import { unknownConsidered } from './considered.ts';
import type { DecisionDeps } from './deps.ts';
import { isNameTaken } from './let-off.ts';
import { stretchOf } from './level.ts';

/** What a decision rests on, as it is on record. */
export type Rests = Readonly<{
  order: Versioned<Order> | null;
  violations: readonly Violation[];
  /** The permission that it names, where it lets something off; null: there is none yet. */
  permission: Item | null;
}>;

/** Loads what a decision rests on. */
export const loadRests = async (
  { documents, decisions }: DecisionDeps,
  wearer: WearerRef,
  sent: SentDecision,
): Promise<Rests> => {
  const named = sent.considered.filter(({ kind }) => kind === 'violation' || kind === 'alert');
  const ids = [...named.map(({ id }) => id), ...sent.closes.map(({ alertId }) => alertId)];
  const [order, violations, permission] = await Promise.all([
    documents.load(orderKey(wearer, sent.orderId), orderSchema),
    decisions.violationsNamed(wearer, ids),
    'permission' in sent
      ? documents.loadItem(permissionKey(wearer, sent.permission.permissionId))
      : null,
  ]);
  return { order, violations, permission };
};

const ofLetOff = async (
  { loadSupervision }: DecisionDeps,
  wearer: WearerRef,
  { sent, permission }: Readonly<{ sent: SentDecision; permission: Item | null }>,
): Promise<Problem[]> => {
  if (!('permission' in sent)) return [];
  const { conditionIds, permissionId } = sent.permission;
  const message = `permission ${permissionId} is on record and says something else: name another id`;
  const taken = isNameTaken(permission, sent)
    ? [{ code: 'permission-exists', path: 'permission.permissionId', message }]
    : [];
  if (conditionIds === null) return taken;
  const { watches } = await loadSupervision(wearer);
  const known = new Set<string>(watches.map(({ condition }) => condition.conditionId));
  const unknown = conditionIds.flatMap((id, i) =>
    known.has(id)
      ? []
      : [notOnRecord(`permission.conditionIds.${i}`, `condition ${id} of this wearer`)],
  );
  return [...taken, ...unknown];
};

const ofLevel = async (
  { loadSupervisionLevels }: DecisionDeps,
  wearer: WearerRef,
  sent: SentDecision,
): Promise<Problem[]> => {
  if (sent.kind !== 'supervision-level') return [];
  const read = stretchOf(sent);
  if (!read.ok) return read.problems.map((one) => ({ ...one, path: `level.${one.path}` }));
  const { levelId, from } = sent.level;
  const others = await loadSupervisionLevels(wearer);
  const isTaken = others.some((one) => one.levelId === levelId);
  const begins = others.some((one) => one.from === from && !one.isRevoked);
  return [
    ...(isTaken
      ? [{ code: 'level-exists', path: 'level.levelId', message: 'name another id: this stands' }]
      : []),
    ...(begins && !isTaken
      ? [{ code: 'begins-together', path: 'level.from', message: 'another begins then, too' }]
      : []),
  ];
};

const IN_FUTURE = {
  ...{ code: 'in-future', path: 'decidedAt' },
  message: 'a decision is put on record when it has been taken',
};

const tooEarly = (code: string, message: string): Problem => {
  return { code, path: 'decidedAt', message };
};

/** Why nobody can have decided so then: it was ahead, or what it goes by was. */
const whenProblems = (
  { decidedAt }: SentDecision,
  { order, violations }: Rests,
  now: Instant,
): Problem[] => {
  if (decidedAt === undefined) return [];
  const isBefore = violations.some(({ openedAt }) => decidedAt < openedAt);
  return [
    ...(decidedAt > now ? [IN_FUTURE] : []),
    ...(order !== null && decidedAt < order.value.startsAt
      ? [tooEarly('before-order', 'the order under which it is taken had not begun then')]
      : []),
    ...(isBefore ? [tooEarly('before-found', 'what it rests on had not happened then')] : []),
  ];
};

/** What came of a referral is asked after it was made. */
const followUpProblems = (sent: SentDecision, now: Instant): Problem[] =>
  sent.kind === 'referral' &&
  sent.followUpAt !== undefined &&
  sent.followUpAt <= (sent.decidedAt ?? now)
    ? [
        {
          ...{ code: 'before-decided', path: 'followUpAt' },
          message: 'ask what came of it later than it is decided',
        },
      ]
    : [];

/** Everything that a decision names and that is not so; nothing was changed where there is any. */
export const problemsOfDecision = async (
  deps: DecisionDeps,
  { agencyId, now }: Call,
  { wearer, sent, rests }: Readonly<{ wearer: WearerRef; sent: SentDecision; rests: Rests }>,
): Promise<Problem[]> => {
  const { order, violations, permission } = rests;
  const known = violations.map(({ violationId }) => violationId);
  const found = await Promise.all([
    unknownAmong(deps.documents, agencyId, [{ path: 'by', kind: 'PERSON', id: sent.by }]),
    unknownConsidered(deps, wearer, { considered: sent.considered, known }),
    ofLetOff(deps, wearer, { sent, permission }),
    ofLevel(deps, wearer, sent),
  ]);
  return [
    ...(order === null ? [notOnRecord('orderId', `order ${sent.orderId}`)] : []),
    ...whenProblems(sent, rests, now),
    ...followUpProblems(sent, now),
    ...found.flat(),
  ];
};

/** Whether an alert is one of the wearer's: the violation of its name is kept with them. */
export const othersAmong = (sent: Pick<Decision, 'closes'>, { violations }: Rests): Problem[] =>
  sent.closes.flatMap(({ alertId }, i) =>
    violations.some(({ violationId }) => `${violationId}` === alertId)
      ? []
      : [notOnRecord(`closes.${i}.alertId`, `alert ${alertId} of this wearer`)],
  );
