import type { AlertCommand, AlertDecision } from '#domain/escalate/alert-commands.ts';
import { holdersOf } from '#domain/escalate/holders.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { Answer } from '#domain/model/answer.ts';
import type { AgencyId, PersonId } from '#domain/model/ids.ts';
import { answerWords, type Replied, unknownCodeWords } from '#domain/reply/answer-words.ts';
import { isExpired, type PageRight } from '#domain/reply/page-right.ts';
import type { Wish } from '#domain/reply/read-text.ts';
import type { Asked, ChangeAlert } from '../adapters/change-alert.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { AlertContext } from '../adapters/dynamodb/alert-context.ts';
import type { Alerts } from '../adapters/dynamodb/alerts.ts';
import type { Answers } from '../adapters/dynamodb/answers.ts';
import type { RecordRefusal } from '../adapters/dynamodb/refusals.ts';
import type { PhoneCode, ReplyCodes } from '../adapters/dynamodb/reply-codes.ts';
import type { Telemetry } from '../adapters/log/log.ts';

export type ActDeps = Readonly<{
  now: Clock;
  alerts: Pick<Alerts, 'load'>;
  changeAlert: ChangeAlert;
  context: Pick<AlertContext, 'rosterOf'>;
  replyCodes: Pick<ReplyCodes, 'load' | 'asPart'>;
  recordRefusal: RecordRefusal;
  answers: Pick<Answers, 'put' | 'asPart'>;
  /** The name of somebody on record; null where they are not. */
  loadName: (agencyId: AgencyId, personId: PersonId) => Promise<string | null>;
  telemetry: Telemetry;
}>;

/** A code that somebody texted, for what, who has the phone, and how they are answered. */
export type Coded = Readonly<{
  phone: PhoneCode;
  wish: Extract<Wish, { code: string }>;
  people: readonly Readonly<{ personId: PersonId }>[];
  answer: (text: string) => Answer;
}>;

type Found = Readonly<{ right: PageRight; alert: Alert }>;

const commandOf = ({ wish }: Coded, { personId: by, epoch }: PageRight): AlertCommand =>
  wish.kind === 'take' ? { type: 'acknowledge', by } : { type: 'escalate', by, epoch };

/** Whoever acts on a code that has expired asked in vain, as one who came too late. */
const putOnRecord = (
  { recordRefusal, now }: ActDeps,
  coded: Coded,
  { right, alert: { alertId, wearerId } }: Found,
): Promise<void> =>
  recordRefusal(coded.phone.agencyId, {
    ...{ at: now(), alertId, wearerId, command: commandOf(coded, right).type },
    ...{ by: right.personId, epoch: right.epoch, code: 'code-expired' },
    ...{ actedBy: null, actedAt: null },
  });

/** What a code stands for, where whoever texts it may still use it. */
const find = async (deps: ActDeps, coded: Coded): Promise<Found | null> => {
  const { phone, people } = coded;
  const { agencyId } = phone;
  const now = deps.now();
  const right = await deps.replyCodes.load(phone);
  const isTheirs = people.some(({ personId }) => personId === right?.personId);
  const alert = right === null ? null : await deps.alerts.load(agencyId, right.alertId);
  const isGood = isTheirs && right !== null && alert !== null;
  if (isGood && !isExpired(right, alert, now)) return { right, alert };
  if (isGood) await putOnRecord(deps, coded, { right, alert });
  const reason = right === null ? 'code-unknown' : isTheirs ? 'code-expired' : 'not-the-recipient';
  deps.telemetry.measure('repliesRefused', 1);
  deps.telemetry.log.warn('reply refused', { agencyId, reason, alertId: right?.alertId ?? null });
  return null;
};

/** What it comes to if the alert, as it now stands, takes it. */
const cameOf = (deps: ActDeps, { wish }: Coded, { right, alert }: Found): Replied => {
  const { code } = wish;
  if (wish.kind === 'hand-on') return { came: 'handed-on', code };
  const others = holdersOf(alert, deps.now()).filter((by) => by !== right.personId);
  const isEnough = others.length + 1 >= alert.acknowledgementsNeeded;
  return { came: isEnough ? 'taken' : 'taken-by-first', code };
};

/**
 * The change, its answer and what the code stands for after it are one transaction. Whoever has
 * taken an alert knows of that, and may hand it on; whatever else happens voids their code for
 * that.
 */
const askOf =
  (deps: ActDeps, coded: Coded, right: PageRight) =>
  async (alert: Alert | null): Promise<Asked> => {
    const { phone, wish, answer } = coded;
    const { agencyId } = phone;
    const command = commandOf(coded, right);
    const roster = await deps.context.rosterOf(agencyId, alert);
    if (alert === null) return { command, roster };
    const words = answerWords(alert, cameOf(deps, coded, { right, alert }));
    const knows = { ...right, epoch: alert.epoch + 1 };
    const beside = [
      deps.answers.asPart(agencyId, answer(words)),
      ...(wish.kind === 'take' ? [deps.replyCodes.asPart(phone, knows)] : []),
    ];
    return { command, roster, beside };
  };

/** What is said where nothing changed. */
const saidOf = async (
  deps: ActDeps,
  { phone, wish }: Coded,
  decision: Exclude<AlertDecision, { outcome: 'happened' }>,
): Promise<Replied> => {
  if (decision.outcome === 'nothing') return { came: 'yours-already', code: wish.code };
  const { refusal } = decision;
  const actor = refusal.by === null ? null : await deps.loadName(phone.agencyId, refusal.by);
  return { came: 'refused', refusal, actor: actor ?? refusal.by };
};

/** Takes an alert, or hands it on, for whom its page was sent to; and answers what came of it. */
export const actOnCode = async (deps: ActDeps, coded: Coded): Promise<void> => {
  const { phone, wish, answer } = coded;
  const { agencyId } = phone;
  const found = await find(deps, coded);
  if (found === null) {
    return void (await deps.answers.put(agencyId, answer(unknownCodeWords(phone.code))));
  }
  const { alertId, personId } = found.right;
  const ask = askOf(deps, coded, found.right);
  const { decision, alert } = await deps.changeAlert(agencyId, alertId, ask);
  if (decision.outcome !== 'happened') {
    const words = answerWords(alert ?? found.alert, await saidOf(deps, coded, decision));
    await deps.answers.put(agencyId, answer(words));
  }
  const { outcome } = decision;
  deps.telemetry.log.info('text reply', { agencyId, alertId, personId, wish: wish.kind, outcome });
};
