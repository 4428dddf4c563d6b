import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Agenda } from '../agenda.ts';
import type { MovableClock } from '../clock/clock.ts';
import type { Ledger } from '../durable/ledger.ts';
import type { Log } from '../log.ts';
import type { Carrier } from './carrier.ts';
import { confirmationOf, snsUrl } from './envelope.ts';
import { keyOf, type PostedSubscription } from './posted-subscription.ts';

export type ConfirmationsParts = {
  carrier: Pick<Carrier, 'carry'>;
  clock: Pick<MovableClock, 'now'>;
  agenda: Pick<Agenda, 'add'>;
  ledger: Ledger;
  log: Log;
  region: string;
};

const TOKEN_BYTES = 128;

const standingSchema = z.object({ token: z.string(), isConfirmed: z.boolean() });
type Standing = z.infer<typeof standingSchema>;
type Known = Standing & { subscription: PostedSubscription; messageId: string };

/** Asks addresses whether they want what topics have for them, and knows who does. */
export const createConfirmations = (parts: ConfirmationsParts) => {
  const { carrier, clock, agenda, log } = parts;
  const kept = parts.ledger.collection('https-subscriptions', standingSchema);
  const known = new Map<string, Known>();

  const ask = async (one: Known, triesDone: number): Promise<void> => {
    if (one.isConfirmed) return;
    const { subscription, token, messageId } = one;
    const { topicArn, policy, endpoint } = subscription;
    const asking = { Action: 'ConfirmSubscription', TopicArn: topicArn, Token: token };
    const subscribeUrl = `${snsUrl(parts.region)}/?${new URLSearchParams(asking)}`;
    const letter = confirmationOf({ messageId, topicArn, token, subscribeUrl }, clock.now());
    const verdict = await carrier.carry(subscription, letter);
    if (verdict.kind === 'delivered') return;
    const pause = policy.pausesSeconds[triesDone];
    if (verdict.kind === 'again' && pause !== undefined) return arm(one, triesDone + 1, pause);
    log(`${endpoint} could not be asked to confirm its subscription: ${verdict.reason}`);
  };

  const arm = (one: Known, triesDone: number, pauseSeconds: number): void => {
    agenda.add({
      dueAt: secondsAfter(clock.now(), pauseSeconds),
      kind: triesDone === 0 ? 'delivery' : 'retry',
      label: `confirmation of ${one.subscription.endpoint}`,
      run: () => ask(one, triesDone),
    });
  };

  return {
    /** Asks the address to confirm, unless it has done so before. */
    subscribe: (subscription: PostedSubscription): void => {
      const standing = kept.get(keyOf(subscription)) ?? {
        token: randomBytes(TOKEN_BYTES).toString('hex'),
        isConfirmed: false,
      };
      const one = { ...standing, subscription, messageId: randomUUID() };
      known.set(keyOf(subscription), one);
      kept.set(keyOf(subscription), standing);
      if (!one.isConfirmed) arm(one, 0, 0);
    },
    /** Whoever has the token may confirm. Gives the subscription's ARN; undefined for another's. */
    confirm: (topicArn: string, token: string): string | undefined => {
      for (const [key, one] of known) {
        if (one.subscription.topicArn !== topicArn || one.token !== token) continue;
        one.isConfirmed = true;
        kept.set(key, { token, isConfirmed: true });
        return one.subscription.arn;
      }
      return undefined;
    },
    /** The subscription with this key, if its address has confirmed it. */
    confirmed: (key: string): PostedSubscription | undefined => {
      const one = known.get(key);
      return one?.isConfirmed ? one.subscription : undefined;
    },
  };
};
export type Confirmations = ReturnType<typeof createConfirmations>;
