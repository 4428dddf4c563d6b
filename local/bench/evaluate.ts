import { benchDays } from './evaluate/days.ts';
import { benchDistances } from './evaluate/distances.ts';
import { benchEvaluations } from './evaluate/evaluations.ts';
import { printAims } from './evaluate/print.ts';
import { benchTimetables } from './evaluate/timetables.ts';
import { benchZoneLists } from './evaluate/zone-lists.ts';

/**
 * How fast evaluation is on one core, against libraries on the same data in the same run. No
 * network, no disk; the answers are compared as well as the times.
 */
printAims([
  ...benchEvaluations(),
  ...benchDistances(),
  ...benchTimetables(),
  ...benchDays(),
  ...benchZoneLists(),
]);
