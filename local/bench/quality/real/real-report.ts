import { runWorld } from '../run-world.ts';
import { report } from '../tables.ts';
import { REAL } from './real-days.ts';

/** What is printed of the recordings. */
export const realReport = (): string =>
  [
    report(
      'Recordings of receivers that lay still or indoors, at zones never entered',
      runWorld(REAL.still()),
    ),
    report(
      'Recordings of ways, thinned to a fix a minute, the recording as the truth',
      runWorld(REAL.ways()),
    ),
  ].join('\n\n');
