import { toldFirst } from '../liaison/who-may-hear.ts';
import type { Alert, LaterPage } from '../model/alert.ts';
import { type Instant, laterOf, secondsAfter } from '../model/instant.ts';
import type { Target } from '../model/person.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { Moment } from './alert-commands.ts';
import type { AlertEventOf } from './alert-events.ts';
import { holdersOf } from './holders.ts';
import { MOST_AT_ONCE } from './many-told.ts';
import { type Asking, type Reached, reachAll } from './reach.ts';
import { isSafety } from './safety.ts';
import { isWithinHours } from './within-hours.ts';

type StepRun = AlertEventOf<'step-run'>;

/** After an outage the ladder is not burnt in one second: late steps keep at least so far apart. */
const LEAST_GAP_SECONDS = 60;
/** Old news is told by e-mail, again each day until somebody takes it in hand. */
export const REVIEW_EVERY_SECONDS = 86_400;

/** Where nobody else is left to be told. */
export const DUTY_MANAGER: Recipient = { channel: 'duty-manager' };

export type Place = Readonly<{ step: number; loop: number }>;

export const isLastResort = (alert: Alert, at: Place): boolean =>
  at.step >= alert.policy.steps.length;

/** The step after one: the next, the first of the next loop, or the last resort for ever. */
const placeAfter = (alert: Alert, at: Place): Place & Readonly<{ afterSeconds: number }> => {
  const { steps, repeat, lastResort } = alert.policy;
  const next = steps[at.step + 1];
  if (next !== undefined)
    return { step: at.step + 1, loop: at.loop, afterSeconds: next.delaySeconds };
  const again = { afterSeconds: lastResort.everySeconds, loop: at.loop + 1 };
  return { ...again, step: at.loop - alert.firstLoop < repeat ? 0 : steps.length };
};

/** Who is told before anybody that the policy names: only those whom the order names. */
const toldBefore = ({ alert, roster }: Run, at: Place): readonly Target[] => {
  if (at.step > 0 || alert.ran !== null) return [];
  const { violation } = alert.facts;
  const known = new Set(roster.liaisons.map(({ kind }) => kind));
  return toldFirst(violation).flatMap((kind) =>
    kind !== 'court' && known.has(kind) ? [{ kind }] : [],
  );
};

const targetsAt = (alert: Alert, at: Place): readonly Target[] =>
  alert.policy.steps[at.step]?.targets ??
  alert.policy.lastResort.personIds.map((personId) => ({ kind: 'person', personId }) as const);

/** Liaisons who were told of what this alert goes on from, and count on it still. */
const countingOn = ({ alert, roster }: Run, at: Place): Recipient[] => {
  if (at.step > 0 || alert.ran !== null) return [];
  const { countsFor } = alert.episode;
  return roster.liaisons
    .filter(({ liaisonId, whyNot }) => whyNot === null && countsFor.includes(liaisonId))
    .map(({ liaisonId, kind }) => ({
      ...{ channel: 'liaison', liaisonId },
      ...(kind === null ? {} : { kind }),
    }));
};

export type Run = Readonly<{ alert: Alert }> & Moment;

const askingOf = ({ alert, roster, now, handedOnBy }: Run, at: Place): Asking => {
  const { officeHours } = alert.policy;
  const isLast = isLastResort(alert, at);
  const closedOn = officeHours?.holidaysId && roster.holidays.get(officeHours.holidaysId);
  return {
    at: now,
    // The last resort is told at any hour, and so is whoever can keep somebody safe.
    isQuietKept: !isLast && !isSafety(alert.facts.violation),
    isOfficeHour: officeHours !== undefined && isWithinHours(officeHours, closedOn || [], now),
    holders: isLast ? [] : holdersOf(alert, now),
    handedOnBy: isLast ? undefined : handedOnBy,
  };
};

/** The next due instant: counted from when this step was due, but never at once after it. */
const dueAfter = (dueAt: Instant, afterSeconds: number, now: Instant): Instant =>
  laterOf(
    secondsAfter(dueAt, afterSeconds),
    secondsAfter(now, Math.min(afterSeconds, LEAST_GAP_SECONDS)),
  );

/**
 * A liaison is told of an alert once: a control room that hears it again sends a second car. Of
 * what was taken back, and is looked at by people alone, it hears nothing.
 */
const withoutTold = ({ alert, roster }: Run, reached: Reached): Reached => {
  const { told, cleared } = alert;
  const known = new Set(told.map(recipientKey));
  const liaisons = reached.recipients.filter((one) => one.channel === 'liaison');
  const spared =
    cleared === null ? liaisons.filter((one) => known.has(recipientKey(one))) : liaisons;
  const reason = cleared === null ? 'told-before' : 'taken-back';
  const unreached = spared.map(({ liaisonId: id }) => {
    const kind = roster.liaisons.find(({ liaisonId }) => liaisonId === id)?.kind ?? 'police';
    return { target: kind, reason, id } as const;
  });
  return {
    ...reached,
    recipients: reached.recipients.filter((one) => spared.every((told) => told !== one)),
    unreached: [...reached.unreached, ...unreached],
  };
};

/** Liaisons who are told beside a step, whom it does not name, and whom nobody waits for. */
const informedAt = (run: Run, at: Place): Reached => {
  const asked = reachAll(run.roster, toldBefore(run, at), askingOf(run, at));
  const all = [...countingOn(run, at), ...asked.recipients].map(
    (one) => [recipientKey(one), one] as const,
  );
  return withoutTold(run, { ...asked, recipients: [...new Map(all).values()] });
};

/** The last resort comes to somebody always: where it names nobody left, to the duty manager. */
const reachPlace = (run: Run, at: Place): Reached => {
  const { alert, roster } = run;
  const asked = reachAll(roster, targetsAt(alert, at), askingOf(run, at));
  const reached = withoutTold(run, asked);
  return reached.recipients.length === 0 && isLastResort(alert, at)
    ? { ...reached, recipients: [DUTY_MANAGER] }
    : reached;
};

/** What the record says of contacts that are not as they should be. */
const contactNotes = ({ notes }: Reached): Pick<StepRun, 'contactNotes'> =>
  notes.length === 0 ? {} : { contactNotes: [...notes] };

/** Who is too many to be told at once, and the further channels of all. */
const laterOfStep = ({ recipients, further }: Reached, at: Place, now: Instant): LaterPage[] => [
  ...recipients.slice(MOST_AT_ONCE).map((recipient) => ({ recipient, ...at, dueAt: now })),
  ...further.map(({ recipient, afterSeconds }) => ({
    recipient,
    ...at,
    dueAt: afterSeconds === null ? null : secondsAfter(now, afterSeconds),
  })),
];

const runPlace = (run: Run, at: Place, dueAt: Instant): StepRun => {
  const { alert, now, also = [] } = run;
  const reached = reachPlace(run, at);
  const named = new Set(reached.recipients.map(recipientKey));
  const beside = informedAt(run, at);
  const informed = beside.recipients.filter((one) => !named.has(recipientKey(one)));
  const after = placeAfter(alert, at);
  return {
    type: 'step-run',
    at: now,
    dueAt,
    ...at,
    isLastResort: isLastResort(alert, at),
    recipients: reached.recipients.slice(0, MOST_AT_ONCE),
    ...(informed.length === 0 ? {} : { informed }),
    later: laterOfStep(reached, at, now),
    unreached: [...beside.unreached, ...reached.unreached],
    ...contactNotes(reached),
    nextStep: after.step,
    nextLoop: after.loop,
    nextStepAt: reached.recipients.length === 0 ? now : dueAfter(dueAt, after.afterSeconds, now),
    also: [...also],
  };
};

/**
 * Runs the step that is due. One that comes to nobody is passed in the same transition, and logged,
 * until somebody is reached or the last resort has been.
 */
export const runSteps = (run: Run): StepRun[] => {
  const ran: StepRun[] = [];
  let { alert } = run;
  let at: Place = { step: alert.step, loop: alert.loop };
  let dueAt = alert.nextStepAt ?? run.now;
  for (;;) {
    const event = runPlace({ ...run, alert }, at, dueAt);
    ran.push(event);
    if (event.recipients.length > 0) return ran;
    const isRoundTrip = event.nextStep === 0;
    const step = isRoundTrip ? alert.policy.steps.length : event.nextStep;
    at = { step, loop: event.nextLoop };
    dueAt = run.now;
    // Whoever was informed beside a step that came to nobody is not told again by the next.
    alert = { ...alert, told: [...alert.told, ...(event.informed ?? [])] };
  }
};

/**
 * What can wait: the responsible officer, by e-mail where there is one, once a day. Their other
 * channels are tried where that fails; where nothing reaches them, the duty manager is told.
 */
export const runReview = ({ alert, roster, now, also = [] }: Run): StepRun => {
  const asking: Asking = { at: now, isQuietKept: false, isOfficeHour: false, holders: [] };
  const reached = reachAll(roster, [{ kind: 'responsible-officer' }], asking);
  const further = reached.further.map(({ recipient }) => recipient);
  const all = [...reached.recipients, ...further];
  const emails = all.filter(({ channel }) => channel === 'email');
  const first = emails.length > 0 ? emails : reached.recipients;
  const at: Place = { step: 0, loop: alert.loop };
  return {
    type: 'step-run',
    at: now,
    dueAt: alert.nextStepAt ?? now,
    ...at,
    isLastResort: false,
    recipients: first.length > 0 ? [...first] : [DUTY_MANAGER],
    later: all
      .filter((recipient) => !first.includes(recipient))
      .map((recipient) => ({ recipient, ...at, dueAt: null })),
    unreached: [...reached.unreached],
    ...contactNotes(reached),
    nextStep: 0,
    nextLoop: alert.loop + 1,
    nextStepAt: secondsAfter(now, REVIEW_EVERY_SECONDS),
    also: [...also],
  };
};
