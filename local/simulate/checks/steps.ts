import type { AlertEvent } from '#domain/escalate/alert-events.ts';
import type { Change } from '../dynamodb/table.ts';
import { alertChangesOf, entriesOf } from './alert-rows.ts';
import type { MakeCheck, Watch } from './check.ts';
import { goOn, holdsMilliseconds, type Ladder, ladderOf } from './ladder.ts';
import { isForSafety, type NaiveReach, naiveReach } from './naive-reach.ts';
import { MOST_LATE_MILLISECONDS, SKEW_MILLISECONDS, wasTroubled } from './trouble.ts';

type StepRun = Extract<AlertEvent, { type: 'step-run' }>;

/** So long around a change of who is on call, or of a document, either answer is right. */
const EITHER_MILLISECONDS = 60_000;

const keyOf = (recipient: StepRun['recipients'][number]): string =>
  'personId' in recipient
    ? `${recipient.channel} ${recipient.personId}`
    : 'liaisonId' in recipient
      ? `police ${recipient.liaisonId}`
      : recipient.channel;

/** Who is on call, where they are told, and when they want to be left alone stands in these. */
const ASKED = new Set(['PERSON', 'CONTACTS', 'ROTA', 'ORDER']);
const isDocument = ({ after }: Change): boolean => ASKED.has(after?.entity?.S ?? '');

type Expected = Readonly<{ watch: Watch; reach: NaiveReach; ladder: Ladder; id: string }>;

/** I7, I8: a step is run once, when it is due, in its order. */
const checkTime = ({ watch, ladder, id }: Expected, event: StepRun) => {
  const { step, loop, at } = event;
  const where = `${id} step ${step} of loop ${loop}`;
  const { dueAt, next, status } = ladder;
  if (ladder.isHeld) watch.report('I17 nobody is told of what is held', where);
  if (status !== 'open' || dueAt === null)
    return watch.report('I7 no step of what nobody waits for', where);
  if (step !== next.step || loop !== next.loop) {
    return watch.report(
      'I7 steps in their order, each once',
      `${where}, not ${next.step} of ${next.loop}`,
    );
  }
  if (at < dueAt - SKEW_MILLISECONDS) watch.report('I8 no step before it is due', where);
  const late = at - dueAt;
  watch.measure('lateness', late / 1000);
  if (late > MOST_LATE_MILLISECONDS && !wasTroubled(watch.faults, dueAt, at)) {
    watch.count('late');
    watch.report('I6 no step later than 90 s', `${where}: ${Math.round(late / 1000)} s`);
  }
};

/** The oracle: who must be told at a step, worked out in the plainest way. */
const mustTell = ({ reach, ladder }: Expected, { step }: StepRun, at: number): string[] => {
  const { policy, wearerId, acknowledgementsNeeded } = ladder.opened;
  const holdsFor = holdsMilliseconds(ladder);
  const isHolder = (personId: string): boolean =>
    acknowledgementsNeeded > 1 && (ladder.holders.get(personId) ?? -Infinity) + holdsFor > at;
  const isSpared = (personId: string): boolean =>
    !isForSafety(ladder.opened.facts.violation) && reach.isQuiet(personId, at);
  const last = policy.lastResort.personIds;
  const people =
    policy.steps[step]?.targets
      .flatMap((target) => reach.peopleOf(target, wearerId, at))
      .filter((personId) => !isHolder(personId) && !isSpared(personId))
      .filter((personId) => personId !== ladder.handedOnBy) ?? last;
  return [...new Set(people)].flatMap((personId) =>
    reach.channelsOf(personId).map((channel) => `${channel} ${personId}`),
  );
};

const checkWho = (expected: Expected, event: StepRun): void => {
  const { watch, ladder, id } = expected;
  if (ladder.track === 'review') return;
  const told = event.recipients.map(keyOf).filter((key) => /^(sms|email|voice) /.test(key));
  const wanted = mustTell(expected, event, event.at);
  const missed = wanted.filter((key) => !told.includes(key));
  const unwanted = told.filter((key) => !wanted.includes(key));
  const where = `${id} step ${event.step} of loop ${event.loop}`;
  const isForManager = event.recipients.some(({ channel }) => channel === 'duty-manager');
  if (event.isLastResort && wanted.length === 0 && !isForManager) {
    watch.report('I13 the last resort comes to somebody', where);
  }
  if (missed.length > 0) watch.count('miss');
  if (missed.length > 0)
    watch.report('oracle: who must be told is told', `${where}: not ${missed}`);
  if (unwanted.length > 0) watch.report('oracle: nobody else is told', `${where}: ${unwanted}`);
};

/** I12: what comes to nobody is passed in the same transaction. */
const checkPassed = (watch: Watch, events: readonly AlertEvent[], id: string): void => {
  const steps = events.filter((event) => event.type === 'step-run');
  const last = steps.at(-1);
  const isReview = last?.nextStepAt !== undefined && last.nextStepAt - last.at > 80_000_000;
  if (last !== undefined && last.recipients.length === 0 && !isReview) {
    watch.report('I12 a step of nobody is passed at once', `${id} step ${last.step}`);
  }
};

/** I6 to I8, I11, I12, and the oracle of who must be told by when. */
export const steps: MakeCheck = (watch) => {
  const ladders = new Map<string, Ladder>();
  const reach = naiveReach(watch.db);
  let documentsChangedAt = 0;

  const follow = (id: string, event: AlertEvent) => {
    watch.saw(event.type);
    if (event.type === 'alert-opened') {
      if (ladders.has(id)) watch.report('I1 one alert for a violation', id);
      ladders.set(id, ladderOf(event));
      return;
    }
    const ladder = ladders.get(id);
    if (ladder === undefined)
      return watch.report('I25 what happens is of an alert that opened', id);
    const expected = { watch, reach, ladder, id };
    if (event.type === 'step-run') {
      checkTime(expected, event);
      const isSettled = watch.now() - documentsChangedAt > EITHER_MILLISECONDS;
      if (isSettled && !isNearHandOver(expected, event)) checkWho(expected, event);
    }
    if ('violation' in event) {
      if (event.violation.revision <= ladder.revision) {
        watch.report('I1 what is told again changes nothing', `${id}: ${event.type}`);
      }
      ladder.revision = event.violation.revision;
    }
    if (event.type === 'channel-failed') {
      const { step, loop, recipientKey } = event;
      const page = `${loop} ${step} ${recipientKey}`;
      const isCurrent = ladder.last?.step === step && ladder.last.loop === loop;
      if (!isCurrent || ladder.failed.has(page)) {
        watch.report('I20 a page fails once, and only while its step is the last', `${id} ${page}`);
      }
      ladder.failed.add(page);
    }
    if (event.type === 'acknowledgement-ended') {
      const { dueAt } = ladder;
      if (
        ladder.status !== 'acknowledged' ||
        dueAt === null ||
        event.at < dueAt - SKEW_MILLISECONDS
      ) {
        watch.report('I11 an acknowledgement holds for as long as it holds', id);
      } else if (
        event.at - dueAt > MOST_LATE_MILLISECONDS &&
        !wasTroubled(watch.faults, dueAt, event.at)
      ) {
        watch.report('I6 no step later than 90 s', `${id}: its acknowledgement ended late`);
      }
    }
    goOn(ladder, event);
  };

  return {
    onCommit: ({ at, changes }) => {
      if (changes.some(isDocument)) documentsChangedAt = at;
      const entries = entriesOf(changes);
      for (const { alertId, event } of entries) follow(alertId, event);
      for (const { is } of alertChangesOf(changes)) {
        const ladder = ladders.get(is.alertId);
        checkPassed(
          watch,
          entries.filter(({ alertId }) => alertId === is.alertId).map(({ event }) => event),
          is.alertId,
        );
        if (ladder === undefined) continue;
        if (ladder.status !== is.status || ladder.dueAt !== is.nextStepAt) {
          const [should, does] = [
            `${ladder.status} ${ladder.dueAt}`,
            `${is.status} ${is.nextStepAt}`,
          ];
          watch.report(
            'I25 an alert is what happened to it',
            `${is.alertId}: ${does}, not ${should}`,
          );
        }
      }
    },
    atEnd: () => {
      for (const [id, { dueAt }] of ladders) {
        if (dueAt === null || dueAt >= watch.now() - MOST_LATE_MILLISECONDS) continue;
        watch.count('miss');
        watch.report(
          'I6 no step later than 90 s',
          `${id} was due at ${dueAt} and nothing happened`,
        );
      }
    },
  };
};

/** Somebody comes on call, or their quiet hours begin or end. */
const isNearHandOver = (expected: Expected, event: StepRun): boolean => {
  const [before, after] = [event.at - EITHER_MILLISECONDS, event.at + SKEW_MILLISECONDS];
  return String(mustTell(expected, event, before)) !== String(mustTell(expected, event, after));
};
