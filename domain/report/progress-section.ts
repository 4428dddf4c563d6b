import type { Progress, Unknown } from '../progress/measures.ts';
import type { Block } from './block.ts';
import { lengthWords } from './local-days.ts';
import { count, factsOf, missing, numbers, tableOf, words } from './pieces.ts';
import type { Words } from './words.ts';

const percent = (share: number): string => `${Math.floor(1000 * share) / 10} %`;

const curfewWords = ({ keptShare, keptMinutes }: Progress['curfew']): Words | null =>
  keptShare === null
    ? null
    : `${percent(keptShare)} of the minutes that the data speak for, ${lengthWords(60 * keptMinutes)} kept`;

const COURSES = {
  'not-begun': 'not begun',
  running: 'running, without a breach',
  'running-with-breach': 'running, with a breach initiated',
  'completed-without-breach': 'completed without a breach',
  'completed-with-breach': 'completed, with a breach initiated',
} as const;

/** What went well, as a reader should see it first. */
export const successFacts = ({ days, curfew, appointments, checks, orders }: Progress): Block[] => {
  const attended = appointments.kept + appointments.late + appointments['left-early'];
  const due = attended + appointments.missed;
  const answered = checks.kept + checks.late;
  const asked = answered + checks.failed + checks.missed;
  return factsOf('What went well', [
    ['Days without a violation', `${days.clear} of ${days.counted}`],
    ['Longest run of such days', count(days.longestRun, 'day')],
    ['The run that goes on at the end of the period', count(days.currentRun, 'day')],
    ['Curfew kept', curfewWords(curfew)],
    ['Appointments kept', due === 0 ? null : `${appointments.kept} of ${due}`],
    ['Checks answered', asked === 0 ? null : `${answered} of ${asked}`],
    ...orders.map(({ orderId, course }) => [`Order ${orderId}`, COURSES[course]] as const),
  ]);
};

const unknownWords = (one: Unknown): readonly [string, string] => {
  switch (one.what) {
    case 'days-unobserved':
      return [
        `${count(one.days, 'day')} on which nothing was received`,
        'They count neither as kept nor against the wearer.',
      ];
    case 'curfew-unobserved':
      return [
        `${lengthWords(60 * one.minutes)} of curfew that no evidence speaks for`,
        'They count neither as kept nor against the wearer.',
      ];
    case 'appointments-unclear':
      return [
        `${count(one.count, 'appointment')} of which the data cannot say whether they were kept`,
        'They count neither way: whoever met the wearer can say.',
      ];
    case 'checks-unclear':
      return [
        `${count(one.count, 'check')} of which the data cannot say whether they were answered`,
        'They count neither way.',
      ];
    case 'no-order':
      return ['No order was in force on any day', 'There is nothing to measure progress by.'];
    case 'no-curfew':
      return ['No curfew was in force', 'Nothing is said of curfews.'];
    case 'nothing-seen':
      return [
        'Nothing was received of any device',
        'Where the wearer was is not known at any time.',
      ];
    default:
      return one satisfies never;
  }
};

/** What the measures cannot say, so that nobody takes silence for success or for failure. */
export const unknownBlocks = ({ unknown }: Progress): Block[] =>
  unknown.map((one) => missing(...unknownWords(one)));

/** All measures with their counts; each line adds up to what was due. */
export const measureTables = ({
  curfew,
  appointments,
  checks,
  violations,
  addedUp,
}: Progress): Block[] => {
  const minutes = (value: number): string => String(Math.round(10 * value) / 10);
  return [
    tableOf('Minutes of curfew', {
      columns: [
        ...[numbers('In force'), numbers('Kept'), numbers('Broken')],
        ...[numbers('Excused'), numbers('Not known'), numbers('Permitted besides')],
      ],
      rows:
        curfew.boundMinutes === 0
          ? []
          : [
              [
                ...[curfew.boundMinutes, curfew.keptMinutes, curfew.brokenMinutes].map(minutes),
                ...[curfew.excusedMinutes, curfew.unobservedMinutes].map(minutes),
                minutes(curfew.permittedMinutes),
              ],
            ],
      whenEmpty: 'No curfew was in force.',
    }),
    tableOf('Appointments and checks', {
      columns: [
        ...[words('What', 2), numbers('Kept'), numbers('Late'), numbers('Left early or failed')],
        ...[numbers('Missed'), numbers('Excused'), numbers('Not known'), numbers('Ahead')],
      ],
      rows: [
        [
          ...['Appointments', String(appointments.kept), String(appointments.late)],
          ...[String(appointments['left-early']), String(appointments.missed)],
          ...[appointments.excused, appointments.unclear, appointments.ahead].map(String),
        ],
        [
          ...['Checks', String(checks.kept), String(checks.late), String(checks.failed)],
          ...[checks.missed, checks.excused, checks.unclear, checks.ahead].map(String),
        ],
      ],
      whenEmpty: 'None.',
    }),
    ...factsOf('Violations', [
      ['That count', String(violations.counted)],
      ['Excused', String(violations.excused)],
      ['Withdrawn', String(violations.withdrawn)],
      ['Found to be the equipment', String(violations.equipment)],
    ]),
    ...factsOf(
      'Minutes of absence that have added up',
      addedUp.map(({ conditionId, usedMinutes, limitMinutes }) => [
        conditionId,
        `${Math.floor(usedMinutes)} of ${limitMinutes} min`,
      ]),
    ),
  ];
};
