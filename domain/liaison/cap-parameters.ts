import type { LiaisonEvent } from './event.ts';

type Value = string | number | boolean | null | undefined;
type Named = readonly (readonly [valueName: string, value: Value])[];

const positionParameters = ({ position }: LiaisonEvent): Named =>
  position == null
    ? []
    : [
        ['positionAt', position.recordedAt],
        ['positionSource', position.source],
        ['positionAccuracyMetres', position.accuracyMetres ?? 'unknown'],
        ['osgbEastingMetres', position.osgb?.eastingMetres],
        ['osgbNorthingMetres', position.osgb?.northingMetres],
        ['osgbErrorMetres', position.osgb?.errorMetres],
      ];

const findingParameters = ({ finding }: LiaisonEvent): Named => [
  ['reason', finding?.reason],
  ['certainty', finding?.certainty?.toFixed(2)],
  ['confirmed', finding?.confirmed],
  ['detectedAt', finding?.detectedAt],
  ['endedAt', finding?.endedAt],
];

const lawParameters = ({ order, power }: LiaisonEvent): Named => [
  ['orderType', order?.type],
  ['legalBasis', order?.legalBasis],
  ['orderEndsAt', order?.endsAt],
  ['powerOfArrest', power?.arrest],
  ['powerOfArrestEndsAt', power?.endsAt],
];

const whoParameters = ({ wearerRef, person, risk, reference }: LiaisonEvent): Named => [
  ['reference', reference],
  ['wearerRef', wearerRef],
  ['personName', person?.name],
  ['riskLevel', risk?.level],
  ['mappaCategory', risk?.mappa?.category],
  ['mappaLevel', risk?.mappa?.level],
];

/**
 * What CAP has no element for, by name and value: of what is disclosed alone. What an event does
 * not have, or has as null, is left out; only an accuracy that nobody measured is said to be so.
 */
export const parametersOf = (event: LiaisonEvent): [valueName: string, value: string][] => {
  const all: Named = [
    ['type', event.type],
    ['sequence', event.sequence],
    ...whoParameters(event),
    ...lawParameters(event),
    ...findingParameters(event),
    ['place', event.place?.name],
    ...positionParameters(event),
    ['disposition', event.outcome?.disposition],
  ];
  return all.flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
};
