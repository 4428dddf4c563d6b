import type { Fix } from '../model/device-event.ts';
import { lengthBetween } from './local-days.ts';
import { count } from './pieces.ts';
import type { Sketch } from './trail-sketch.ts';
import type { Words, WordsPart } from './words.ts';

const fewerCorners = ({ withinMetres, leftOut }: Sketch): string[] => [
  ...(withinMetres === 0
    ? []
    : [
        `Lines are drawn with fewer corners: each fix lies within ${withinMetres} m of a corner of its line. `,
      ]),
  ...(leftOut === 0
    ? []
    : [`${count(leftOut, 'short stretch is', 'short stretches are')} left out for want of room. `]),
];

/** What the picture shows, for whoever cannot see it. */
export const mapWords = (sketch: Sketch, name: string): Words => {
  const { stretches, stays, wanted, fixes, cellFixes } = sketch;
  const gaps = stretches.filter(({ after }) => after !== null);
  const longest = gaps.reduce<string | null>((found, { after, fromAt }) => {
    return after === null || found !== null ? found : lengthBetween(after.recordedAt, fromAt);
  }, null);
  const parts: WordsPart[] = [
    `${count(fixes, 'fix', 'fixes')} in ${count(stretches.length + sketch.leftOut, 'stretch', 'stretches')}. `,
    gaps.length === 0
      ? 'No gap of more than five minutes lies between them. '
      : `${count(gaps.length, 'gap', 'gaps')} of more than five minutes, the first of ${longest}: nothing is known of where the wearer was, and no line is drawn. `,
    ...fewerCorners(sketch),
    ...(cellFixes === 0
      ? []
      : [`${count(cellFixes, 'position', 'positions')} by the mobile network alone not drawn. `]),
    ...wanted.flatMap((fix, i): WordsPart[] => [
      `Mark ${i + 1}: `,
      { at: fix.recordedAt },
      `, ${accuracyWords(fix)}. `,
    ]),
    ...stays.flatMap((stay, i): WordsPart[] => [
      `S${i + 1}: ${stay.times > 1 ? `${stay.times} times inside` : 'inside'} ${name} from `,
      { at: stay.fromAt },
      ' to ',
      { at: stay.untilAt },
      `, ${count(stay.fixes, 'fix', 'fixes')}, the deepest ${Math.round(stay.depthMetres)} m from the edge. `,
    ]),
  ];
  return parts;
};

/** "within 9 m (68 %)", as the device states it. */
export const accuracyWords = ({ accuracyMetres, accuracyPercentile }: Fix): string =>
  accuracyMetres === null
    ? 'accuracy not stated'
    : `within ${Math.round(accuracyMetres)} m (${accuracyPercentile} %)`;
