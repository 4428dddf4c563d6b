import * as z from 'zod';
import { type AlertEvent, type AlertEventOf, alertEventSchema } from '../escalate/alert-events.ts';
import type { Held, LaterPage, Track } from '../model/alert.ts';
import { toIso } from '../model/instant.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { Recorded } from './on-record.ts';
import { plainName } from './plain-name.ts';
import { recipientWords } from './recipient-words.ts';

type StepRun = AlertEventOf<'step-run'>;
type Acknowledged = AlertEventOf<'alert-acknowledged'>;

const heldWords = ({ why, untilAt }: Held): string =>
  `held (${why}), at most until ${toIso(untilAt)}`;

const whomOf = (recipient: Recipient): string => recipientWords(recipientKey(recipient));

const stepWords = ({ step, isLastResort, recipients, loop, also }: StepRun): string => {
  const which = isLastResort ? 'the last resort' : `step ${step + 1}`;
  const again = loop === 0 || isLastResort ? '' : `, round ${loop + 1}`;
  const whom = recipients.length === 0 ? 'nobody' : recipients.map(whomOf).join(', ');
  const more = also.length === 0 ? '' : `, with ${also.length} more of this wearer`;
  const are = recipients.length > 1 ? 'are' : 'is';
  return `${which}${again}: ${whom} ${are} to be told${more}`;
};

const laterWords = (pages: readonly LaterPage[]): string =>
  pages.map(({ recipient }) => whomOf(recipient)).join(', ');

const acknowledgedWords = ({ by, endsAt, withAlertId }: Acknowledged): string => {
  const together = withAlertId === undefined ? '' : `, together with ${withAlertId}`;
  const second = endsAt === null ? '; a second person has to as well' : '';
  return `${by} takes it in hand${together}${second}`;
};

/** What has turned over too often is told when it has stood for a while: that is said, too. */
const reopenedWords = ({ at, nextStepAt }: AlertEventOf<'alert-reopened'>) => {
  const waits = nextStepAt > at ? `; told from ${toIso(nextStepAt)} on, if it still stands` : '';
  return `opened again: later evidence shows it after all${waits}`;
};

const TRACK_WORDS: Readonly<Record<Track, string>> = {
  page: 'to be told at once',
  review: 'to be looked at, by e-mail',
};

const knownWords = (event: AlertEvent): string => {
  switch (event.type) {
    case 'alert-opened': {
      const { severity, track, held } = event.alert;
      const isHeld = held === undefined ? '' : `; ${heldWords(held)}`;
      return `opened as ${severity}, ${TRACK_WORDS[track]}${isHeld}`;
    }
    case 'step-run':
      return stepWords(event);
    case 'further-channels-tried':
      return `further channels are tried: ${laterWords(event.pages)}`;
    case 'channel-failed':
      return event.instead.length === 0
        ? `${recipientWords(event.recipientKey)} can never be reached, and no other channel is tried instead`
        : `${recipientWords(event.recipientKey)} can never be reached: ${laterWords(event.instead)} is tried instead`;
    case 'alert-acknowledged':
      return acknowledgedWords(event);
    case 'alert-escalated':
      return `${event.by} hands it on: the next step is run`;
    case 'acknowledgement-ended':
      return 'the acknowledgement has ended; telling goes on';
    case 'alert-closed':
      return `closed by ${event.by}: ${plainName(event.disposition)}`;
    case 'closing-withdrawn':
      return `open again: ${event.by} takes back the decision ${event.decisionId}`;
    case 'violation-amended':
      return 'the violation was amended';
    case 'violation-ended':
      return 'over, by the data';
    case 'alert-fell':
      return `over by a change of orders: ${plainName(event.reason)}`;
    case 'violation-became-graver':
      return 'a graver alert goes on from it';
    case 'alert-reopened':
      return reopenedWords(event);
    case 'liaison-told':
      return `${event.by} had ${event.recipient.liaisonId} told of it: ${event.reason}`;
    case 'liaison-not-reached':
      return `${event.recipient.liaisonId} could not be told, and may be told again`;
    case 'hold-kept':
      return heldWords(event.held);
    case 'hold-ended':
      return `held no longer: ${event.why}`;
    case 'hold-fell':
      return 'over before anybody was told';
    case 'violation-withdrawn':
      return 'withdrawn: what is known now does not show it';
    default:
      return event satisfies never;
  }
};

const refusedSchema = z.object({
  type: z.literal('command-refused'),
  by: z.string(),
  command: z.string(),
  code: z.string(),
  actedBy: z.string().nullish(),
});

const WANTED: Readonly<Record<string, string>> = {
  acknowledge: 'take it in hand',
  escalate: 'hand it on',
  close: 'close it',
  'tell-liaison': 'have a liaison told of it',
};

const refusedWords = ({ by, command, code, actedBy }: z.infer<typeof refusedSchema>): string => {
  const before = actedBy == null ? '' : `, ${actedBy} had acted before`;
  return `${by} asked in vain to ${WANTED[command] ?? command}: ${code}${before}`;
};

/** What happened to an alert, in plain words; null: this version knows of no such thing. */
export const eventWords = (entry: Recorded): string | null => {
  const known = alertEventSchema.safeParse(entry);
  if (known.success) return knownWords(known.data);
  const refused = refusedSchema.safeParse(entry);
  return refused.success ? refusedWords(refused.data) : null;
};
