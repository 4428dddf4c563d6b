import type { AlertClass } from '../model/alert-class.ts';
import type { Severity } from '../model/severity.ts';
import { areasOf } from './cap-areas.ts';
import { parametersOf } from './cap-parameters.ts';
import { capTime } from './cap-time.ts';
import { descriptionOf, EVENT_WORDS } from './cap-words.ts';
import type { LiaisonEvent } from './event.ts';
import { plainElement as text } from './plain-element.ts';
import { element, type XmlElement } from './xml.ts';

const valuePair = (name: string, [valueName, value]: readonly [string, string]): XmlElement =>
  element(name, [text('valueName', valueName), text('value', value)]);

/** `Security` is law enforcement, `Safety` the safety of people. */
const categoriesOf = (about: AlertClass): readonly string[] => {
  if (about === 'welfare') return ['Safety'];
  return about === 'victim-proximity' ? ['Security', 'Safety'] : ['Security'];
};

const isOver = ({ type }: LiaisonEvent): boolean => type === 'cancelled' || type === 'closed';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  moderate: 'Moderate',
  severe: 'Severe',
  extreme: 'Extreme',
};

/** `Expected` is within the hour, `Past` no longer. */
const urgencyOf = (event: LiaisonEvent): string => {
  if (isOver(event)) return 'Past';
  return event.severity === 'moderate' ? 'Expected' : 'Immediate';
};

/** From here on it is as good as observed. */
const OBSERVED = 0.9;

/** CAP draws the line between `Likely` and `Possible` at a half. */
const certaintyOf = ({ finding }: LiaisonEvent): string => {
  if (finding === undefined) return 'Unknown';
  const { certainty } = finding;
  if (certainty === null || certainty >= OBSERVED) return 'Observed';
  return certainty > 0.5 ? 'Likely' : 'Possible';
};

const instructionOf = ({ type, contactBack }: LiaisonEvent): string[] => {
  if (type === 'cancelled') return ['Stand down: this alert is cancelled.'];
  if (type === 'closed') return ['Stand down: this alert is closed.'];
  return contactBack == null ? [] : [`Call back: ${contactBack.name}, ${contactBack.phone}.`];
};

/** The part of a message that people read, and that says how grave and how sure it is. */
export const infoOf = (event: LiaisonEvent): XmlElement => {
  const { contactBack, finding } = event;
  return element('info', [
    text('language', 'en-GB'),
    ...categoriesOf(event.class).map((category) => text('category', category)),
    text('event', EVENT_WORDS[event.class]),
    // Assess: the recipient decides what comes of it; nobody here gives it orders.
    text('responseType', isOver(event) ? 'AllClear' : 'Assess'),
    text('urgency', urgencyOf(event)),
    text('severity', SEVERITIES[event.severity]),
    text('certainty', certaintyOf(event)),
    valuePair('eventCode', ['homeward:class', event.class]),
    ...(finding === undefined ? [] : [text('onset', capTime(finding.since))]),
    text('expires', capTime(event.expiresAt)),
    text('senderName', event.agency),
    text('headline', event.headline),
    text('description', descriptionOf(event)),
    ...instructionOf(event).map((instruction) => text('instruction', instruction)),
    ...(contactBack == null ? [] : [text('contact', `${contactBack.name}, ${contactBack.phone}`)]),
    ...parametersOf(event).map((pair) => valuePair('parameter', pair)),
    ...areasOf(event),
  ]);
};
