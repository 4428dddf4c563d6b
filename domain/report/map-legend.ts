import type { MapDrawing, MarkSource } from './map-drawing.ts';
import type { Words } from './words.ts';

const AREA_WORDS: Readonly<Record<MapDrawing['areas'][number]['part'], string>> = {
  exclusion: 'red area: exclusion zone',
  inclusion: 'green area: inclusion zone',
  home: 'violet area: home',
  buffer: 'brown dashed outline: buffer',
};

const MARK_WORDS: Readonly<Record<MarkSource, string>> = {
  satellite: 'round mark: fix by satellite',
  network: 'diamond: fix by a network',
  beacon: 'triangle: fix by a beacon',
  other: 'square: fix by another source',
};

const areaWords = ({ areas }: MapDrawing): Words[] =>
  [...Map.groupBy(areas, ({ part }) => part)].map(
    ([part, own]) => `${AREA_WORDS[part]} (${own.map(({ name }) => name).join(', ')})`,
  );

const gapWords = ({ gaps }: MapDrawing): Words[] =>
  gaps.map(({ fromAt, untilAt }, i) => [
    `gap ${i + 1}: from `,
    { at: fromAt },
    ' until ',
    { at: untilAt },
    ' nothing was received; where the wearer was is not known, and nothing is drawn',
  ]);

/** What the signs of a map mean, those alone that are on it; and each gap with its times. */
export const mapLegend = (drawing: MapDrawing): Words[] => {
  const sources = [...new Set(drawing.marks.map(({ source }) => source))];
  const hasCircles = drawing.marks.some(({ accuracyMetres }) => accuracyMetres !== null);
  return [
    ...areaWords(drawing),
    ...(drawing.segments.length > 0
      ? ['black line: the trail, where fixes followed one another closely']
      : []),
    ...sources.map((source) => MARK_WORDS[source]),
    ...(hasCircles ? ['blue circle: how exact a fix is, by its device (accuracy in metres)'] : []),
    ...gapWords(drawing),
  ];
};
