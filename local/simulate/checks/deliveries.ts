import type { MakeCheck, Watch } from './check.ts';
import { feedChangeOf, type InFeed } from './feed-rows.ts';
import { MOST_UNSENT_MILLISECONDS, wasTroubled } from './trouble.ts';

const POLICE_TOPIC = 'arn:police';
/** Of what is delivered each of these may be given, or done, twice. */
const ON_THE_WAY = /^(deliver|notify)-|^deliveries$|stream|sweep|everywhere|rule/;

type Delivered = { is: InFeed; readonly toldAt: number[]; again: number };

const wasDoubled = (watch: Watch, from: number): boolean =>
  wasTroubled(
    watch.faults.filter(({ where }) => ON_THE_WAY.test(where)),
    from,
    watch.now(),
  );

/** I36: each feed is delivered in its order and in time; nothing twice that is not sent again. */
export const deliveries: MakeCheck = (watch) => {
  const { report, saw, count } = watch;
  const byId = new Map<string, Delivered>();
  const feedsOf = new Map<string, Delivered[]>();

  const isPushed = ({ event }: InFeed): boolean =>
    watch.plan.office.outsiders.some((one) => one.liaisonId === event.recipient && one.isPushed);

  const checkOrder = ({ is }: Delivered): void => {
    const before = (feedsOf.get(is.feed) ?? []).filter((one) => one.is.position < is.position);
    const missing = before.find((one) => one.toldAt.length === 0 && one.is.delivery === null);
    if (missing === undefined) return;
    const what = `${is.event.eventId} before ${missing.is.event.eventId}`;
    report('I36 a feed is delivered in its order', what);
  };

  const checkFirst = (one: Delivered): void => {
    const { appendedAt, event } = one.is;
    checkOrder(one);
    const late = watch.now() - appendedAt;
    if (late <= MOST_UNSENT_MILLISECONDS || wasTroubled(watch.faults, appendedAt, watch.now())) {
      return;
    }
    count('late');
    report('I36 no event waits', `${event.eventId}: ${Math.round(late / 1000)} s`);
  };

  const checkAgain = ({ is, toldAt, again }: Delivered) => {
    saw('event told again');
    if (toldAt.length <= 1 + again) return;
    if (wasDoubled(watch, is.appendedAt)) return count('explained double');
    count('double');
    report('I36 no event twice without a cause', is.event.eventId);
  };

  const onTold = (eventId: string) => {
    const one = byId.get(eventId);
    if (one === undefined) return report('I36 what is delivered stands in a feed', eventId);
    if (!isPushed(one.is)) report('I36 who fetches is sent nothing', eventId);
    one.toldAt.push(watch.now());
    if (one.toldAt.length === 1) checkFirst(one);
    else checkAgain(one);
  };

  return {
    onCommit: ({ changes }) => {
      for (const change of changes) {
        const { after, before } = change;
        if (after?.kind?.S === 'event-again' && before === undefined) {
          const one = byId.get(JSON.parse(after.body?.S ?? '{}').eventId);
          if (one !== undefined) one.again += 1;
        }
        const found = feedChangeOf(change);
        if (found === null) continue;
        const { is } = found;
        const known = byId.get(is.event.eventId);
        if (known !== undefined) {
          known.is = is;
          if (is.delivery !== null) saw(`event ${is.delivery.is}`);
          continue;
        }
        const one = { is, toldAt: [], again: 0 };
        byId.set(is.event.eventId, one);
        feedsOf.set(is.feed, [...(feedsOf.get(is.feed) ?? []), one]);
      }
    },
    onTold: ({ to, text }) => {
      if (to === POLICE_TOPIC) onTold(JSON.parse(text).id);
    },
    atEnd: () => {
      for (const { is, toldAt } of byId.values()) {
        if (!isPushed(is) || is.appendedAt > watch.now() - MOST_UNSENT_MILLISECONDS) continue;
        const { eventId } = is.event;
        const isLost = is.delivery?.is === 'delivered' && toldAt.length === 0;
        if (is.delivery !== null && is.delivery.is !== 'refused' && !isLost) continue;
        count('miss');
        report('I36 every event is delivered', `${eventId}: ${is.delivery?.is ?? 'waits'}`);
      }
    },
  };
};
