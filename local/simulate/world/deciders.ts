import * as z from 'zod';
import { mayCloseAs } from '#domain/escalate/dispositions.ts';
import { type AlertClass, alertClassSchema } from '#domain/model/alert-class.ts';
import type { Agenda } from '../engine/agenda.ts';
import { type Dice, dice as diceOf } from '../engine/dice.ts';
import { type Ask, reading } from './ask.ts';
import type { Act } from './people.ts';
import { officeRequest } from './requests.ts';

type Props = Readonly<{
  seed: number;
  agenda: Agenda;
  ask: Ask;
  onAct: (act: Act) => void;
  until: number;
}>;

/** An alert as somebody has read it who now decides about its wearer. */
type Read = Readonly<{ alertId: string; wearerId: string; epoch: number; kind: AlertClass }>;

const MINUTE = 60_000;
const WEARER = '/v1/wearers/{wearerId}';
const KINDS = ['first-warning', 'breach-initiated', 'recall-requested', 'referral'] as const;
const LETTER = { expected: 'Keep to your order.', howToAnswer: 'Call us.' };

const listedSchema = z.object({
  alerts: z.array(
    z.object({
      ...{ alertId: z.string(), wearerId: z.string(), epoch: z.number() },
      ...{ kind: alertClassSchema, isTest: z.boolean() },
    }),
  ),
});
const tasksSchema = z.object({ tasks: z.array(z.object({ taskId: z.string() })) });

const isoAt = (at: number): string => new Date(at).toISOString();

/** What is decided of such alerts, and what else is said of it. */
const drawDecision = (dice: Dice, now: number, closes: readonly Read[]): object => {
  const kind = dice.pick(KINDS);
  if (!closes.every((one) => mayCloseAs(one.kind, kind)) || dice.happens(0.2)) {
    return { kind: 'no-action', because: 'explained' };
  }
  if (kind === 'first-warning') return { kind, letter: LETTER };
  if (kind === 'recall-requested') return { kind, recall: 'standard' };
  if (kind === 'breach-initiated') return { kind };
  const followUpAt = isoAt(now + dice.between(2, 40) * MINUTE);
  return dice.happens(0.6)
    ? { kind, service: 'Debt advice', followUpAt }
    : {
        kind: 'supervision-level',
        level: {
          ...{ levelId: `l-${now}`, level: 'enhanced', from: isoAt(now) },
          until: isoAt(now + dice.between(5, 60) * MINUTE),
        },
      };
};

/**
 * People who decide about a wearer, with all that is open of them, and do by hand what follows, or
 * take it back, or neither.
 */
export const deciders = ({ seed, agenda, ask, onAct, until }: Props) => {
  const others = async ({ alertId, wearerId }: Read): Promise<Read[]> => {
    const request = officeRequest({ routeKey: 'GET /v1/alerts', query: { status: 'open' } });
    const response = await ask(request);
    if (response?.statusCode !== 200) return [];
    return listedSchema
      .parse(JSON.parse(response.body))
      .alerts.filter((one) => one.wearerId === wearerId && one.alertId !== alertId && !one.isTest);
  };

  const withdraw = async (path: Path, personId: string): Promise<void> => {
    const routeKey = `POST ${WEARER}/decisions/{decisionId}/withdraw`;
    const body = { personId, reason: 'on other grounds' };
    if (agenda.now() < until) await ask(officeRequest({ routeKey, path, body }));
  };

  const endTasks = async ({ wearerId }: Path, personId: string): Promise<void> => {
    const path = { wearerId };
    const listed = await reading(ask)({ routeKey: `GET ${WEARER}/tasks`, path }, personId);
    if (listed === null || agenda.now() >= until) return;
    for (const { taskId } of tasksSchema.parse(listed).tasks) {
      const routeKey = `POST ${WEARER}/tasks/{taskId}/end`;
      const body = { personId, reason: 'done' };
      await ask(officeRequest({ routeKey, path: { wearerId, taskId }, body }));
    }
  };

  /** What becomes of a decision afterwards: often at the very moment at which something is due. */
  const goOn = (dice: Dice, path: Path, by: string): void => {
    const wait = dice.below(45 * MINUTE);
    if (dice.happens(0.35)) {
      agenda.after(wait, () => void withdraw(path, by));
      // A second person takes it back at the same moment.
      if (dice.happens(0.3)) agenda.after(wait, () => void withdraw(path, by));
    } else if (dice.happens(0.4)) agenda.after(wait, () => void endTasks(path, by));
  };

  return async (read: Read & Readonly<{ by: string }>): Promise<void> => {
    const { by, wearerId, alertId } = read;
    const startedAt = agenda.now();
    if (startedAt >= until) return;
    const dice = diceOf(seed).named(`${by} decides about ${alertId}`);
    const beside = dice.happens(0.6) ? (await others(read)).slice(0, dice.between(1, 4)) : [];
    const closes = [read, ...beside];
    const decisionId = `d-${startedAt}-${by}`;
    const path = { wearerId, decisionId };
    const body = {
      ...{ orderId: 'o-1', by, reason: 'spoken to' },
      considered: [{ kind: 'alert', id: alertId }],
      closes: closes.map((one) => ({ alertId: one.alertId, epoch: one.epoch })),
      ...drawDecision(dice, startedAt, closes),
    };
    const routeKey = `PUT ${WEARER}/decisions/{decisionId}`;
    const response = await ask(officeRequest({ routeKey, path, body }));
    const isDone = response !== null && response.statusCode <= 201;
    const said = response === null ? '' : response.body;
    // Of somebody who wrote at the same time it is not known who it was.
    const isMeanwhile = said.includes('changed-meanwhile');
    const status = response === null || isMeanwhile ? null : isDone ? 200 : response.statusCode;
    for (const { alertId: about, epoch } of closes) {
      const act = { kind: 'close', by, alertId: about, epoch, status, body: said } as const;
      onAct({ ...act, startedAt, answeredAt: agenda.now() });
    }
    if (isDone) goOn(dice, path, by);
  };
};
type Path = Readonly<{ wearerId: string; decisionId: string }>;
