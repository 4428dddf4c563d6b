import type { ContractClass } from '../model/alert-class.ts';
import type { LiaisonEvent } from './event.ts';

/** CAP's `event`: what sort of thing it is about. */
export const EVENT_WORDS: Readonly<Record<ContractClass, string>> = {
  'exclusion-zone': 'Inside an exclusion zone',
  curfew: 'Breach of curfew',
  'victim-proximity': 'Near a protected person',
  'non-association': 'Together with a person to be kept from',
  'check-in': 'Check missed',
  'inclusion-zone': 'Outside an inclusion zone',
  'restriction-zone': 'Breach in a restricted area',
  'mandatory-attendance': 'Absent from an appointment',
  'device-care': 'Monitoring device not in order',
  'early-signs': 'Early signs of a breach',
  welfare: 'Concern for welfare',
  transfer: 'Transfer not accepted',
};

const sure = (certainty: number | null): string =>
  certainty === null ? 'a plain fact' : `${Math.round(certainty * 100)}% sure`;

const findingWords = ({ finding, place }: LiaisonEvent): string[] => {
  const where = place === undefined ? '' : ` (${place.name})`;
  if (finding === undefined) return place === undefined ? [] : [`Place: ${place.name}.`];
  const ended = finding.endedAt === null ? '' : ` Ended ${finding.endedAt}.`;
  return [
    `${finding.what}${where}, since ${finding.sinceLocal}, ${sure(finding.certainty)}.${ended}`,
  ];
};

const whoWords = ({ person, wearerRef, risk }: LiaisonEvent): string[] => [
  ...(person === undefined ? [] : [`Person: ${person.name}.`]),
  ...(wearerRef === undefined ? [] : [`Wearer: ${wearerRef}.`]),
  ...(risk === undefined ? [] : [`Risk: ${risk.level}${mappaWords(risk.mappa)}.`]),
];

const mappaWords = (mappa: NonNullable<LiaisonEvent['risk']>['mappa']): string =>
  mappa === null ? '' : `, MAPPA category ${mappa.category} level ${mappa.level}`;

const lawWords = ({ order, power }: LiaisonEvent): string[] => [
  ...(order === undefined ? [] : [`Order: ${order.type}, ${order.legalBasis}.`]),
  ...(power === undefined ? [] : [`Power of arrest: ${power.arrest}.`]),
];

const OPENING: Readonly<Record<LiaisonEvent['type'], string>> = {
  raised: 'An alert.',
  updated: 'An alert that you know of has changed; this takes the place of what was sent before.',
  cancelled: 'An alert that you know of is cancelled: it does not stand.',
  closed: 'An alert that you know of is closed: somebody has dealt with it.',
};

/** All that is disclosed, in sentences: CAP's `description`. */
export const descriptionOf = (event: LiaisonEvent): string =>
  [
    OPENING[event.type],
    ...findingWords(event),
    ...whoWords(event),
    ...lawWords(event),
    ...(event.outcome == null ? [] : [`Outcome: ${event.outcome.why}`]),
  ].join('\n');
