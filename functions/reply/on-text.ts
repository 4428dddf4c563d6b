import type { Answer } from '#domain/model/answer.ts';
import type { AgencyId, PersonId, WearerId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { TEXT_LIMITS } from '#domain/reply/answer-limits.ts';
import { UNCLEAR_WORDS } from '#domain/reply/answer-words.ts';
import { readText } from '#domain/reply/read-text.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { TakeAllowance } from '../adapters/dynamodb/allowances.ts';
import { triesPk } from '../adapters/dynamodb/answer-keys.ts';
import type { Answers } from '../adapters/dynamodb/answers.ts';
import type { LoadWearersByMobile } from '../adapters/dynamodb/wearers-by-mobile.ts';
import { digestOf } from '../adapters/links/acknowledge-link.ts';
import type { Telemetry } from '../adapters/log/log.ts';
import { type ActDeps, actOnCode } from './act-on-code.ts';
import { type MessageDeps, onMessage } from './on-message.ts';
import { onTextsTurned, type TurnedDeps } from './on-texts-turned.ts';
import type { InboundText } from './run.ts';

export type TextDeps = ActDeps &
  MessageDeps &
  TurnedDeps &
  Readonly<{
    now: Clock;
    agencyId: AgencyId;
    answers: Answers;
    /** People by their mobile numbers, and what they want of texts. */
    contacts: Readonly<{
      peopleWithMobile: (
        agencyId: AgencyId,
        mobile: string,
      ) => Promise<readonly Readonly<{ personId: PersonId }>[]>;
      stopContact: (agencyId: AgencyId, mobile: string, now: Instant) => Promise<PersonId[]>;
      startContact: (agencyId: AgencyId, mobile: string, now: Instant) => Promise<PersonId[]>;
    }>;
    loadWearersByMobile: LoadWearersByMobile;
    takeAllowance: TakeAllowance;
    telemetry: Telemetry;
  }>;

const STARTED_WORDS = 'Texts are on again. Your number has to be verified anew before it counts.';
const NOT_STOPPED_WORDS = 'Texts to this number are on: no STOP of yours is known.';

/** Thrown at a phone that texts too often. Retry: the text comes again in another minute. */
class TooManyTexts extends Error {
  constructor() {
    super('a phone sends too many texts');
    this.name = 'TooManyTexts';
  }
}

/** Texts of a number that can hardly be typed so fast are guesses: they wait their turn. */
const wait = async (deps: TextDeps, mobile: string): Promise<void> => {
  const { agencyId } = deps;
  const limited = { pk: triesPk(agencyId, 'MOBILE', digestOf(mobile)), limits: TEXT_LIMITS };
  const needed = { requests: 1, events: 0 };
  const { waitSeconds } = await deps.takeAllowance(limited, needed, deps.now());
  if (waitSeconds === 0) return;
  deps.telemetry.measure('textsLimited', 1);
  throw new TooManyTexts();
};

/**
 * A text from a number that is no contact's: the words of a wearer are kept for whoever reads
 * them. Codes mean nothing here; STOP and START turn off and on what they are sent, and are
 * put on record.
 */
const onTextOfWearers = async (
  deps: TextDeps,
  inbound: InboundText,
  wearerIds: readonly WearerId[],
): Promise<void> => {
  const { agencyId, telemetry } = deps;
  if (wearerIds.length === 0) return telemetry.measure('textsOfStrangers', 1);
  telemetry.measure('textsOfWearers', 1);
  const { kind } = readText(inbound.messageBody);
  if (kind !== 'stop' && kind !== 'start') {
    await wait(deps, inbound.originationNumber);
    return onMessage(deps, inbound, { wearerIds, answers: true });
  }
  const { originationNumber: mobile, inboundMessageId: answerId } = inbound;
  const now = deps.now();
  await onTextsTurned(deps, { agencyId, mobile, wearerIds, messageId: answerId, kind, now });
  await deps.answers.keepUnanswered(agencyId, { answerId, mobile, createdAt: now });
};

/**
 * Works off a text to our number, once. Whoever is no contact of ours gets no answer, and a contact
 * one, but to STOP: a text that was worked off is known by that.
 */
export const onText = async (deps: TextDeps, inbound: InboundText): Promise<void> => {
  const { agencyId, contacts, telemetry } = deps;
  const { originationNumber: mobile, inboundMessageId: answerId } = inbound;
  if (await deps.answers.isAnswered(agencyId, mobile, answerId)) {
    return telemetry.measure('textsRepeated', 1);
  }
  const people = await contacts.peopleWithMobile(agencyId, mobile);
  const wearerIds = await deps.loadWearersByMobile(agencyId, mobile);
  if (people.length === 0) return onTextOfWearers(deps, inbound, wearerIds);
  const now = deps.now();
  const answer = (text: string): Answer => ({ answerId, mobile, text, createdAt: now });
  const wish = readText(inbound.messageBody);
  telemetry.measure(`texts-${wish.kind}`, 1);
  if (wearerIds.length > 0 && (wish.kind === 'stop' || wish.kind === 'start')) {
    const turned = { agencyId, mobile, wearerIds, messageId: answerId, now };
    await onTextsTurned(deps, { ...turned, kind: wish.kind });
  }
  switch (wish.kind) {
    // Carriers answer STOP themselves, and nothing may be sent after it.
    case 'stop':
      await contacts.stopContact(agencyId, mobile, now);
      return deps.answers.keepUnanswered(agencyId, { answerId, mobile, createdAt: now });
    case 'start': {
      await wait(deps, mobile);
      const started = await contacts.startContact(agencyId, mobile, now);
      const words = started.length === 0 ? NOT_STOPPED_WORDS : STARTED_WORDS;
      return void (await deps.answers.put(agencyId, answer(words)));
    }
    case 'unclear':
      await wait(deps, mobile);
      // Whoever is also on monitoring may have written as that: nothing of it is lost.
      await onMessage(deps, inbound, { wearerIds, answers: false });
      return void (await deps.answers.put(agencyId, answer(UNCLEAR_WORDS)));
    case 'take':
    case 'hand-on':
      await wait(deps, mobile);
      return actOnCode(deps, {
        phone: { agencyId, mobile, code: wish.code },
        wish,
        people,
        answer,
      });
    default:
      return wish satisfies never;
  }
};
