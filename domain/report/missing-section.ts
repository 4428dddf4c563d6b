import { secondsBetween } from '../model/instant.ts';
import type { Block } from './block.ts';
import type { Section } from './document.ts';
import { dayWords, lengthBetween, lengthWords } from './local-days.ts';
import { count, factsOf, missing, numbers, section, tableOf, words } from './pieces.ts';
import type { TrailDigest } from './trail-digest.ts';
import type { WearerFacts } from './wearer-facts.ts';
import type { Words } from './words.ts';

const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${Math.floor((1000 * part) / whole) / 10} %`;

const heardRows = (trail: TrailDigest): readonly (readonly [string, Words])[] => {
  const { bySource, accuracy, wornSeconds, gaps } = trail;
  const sources = [
    `satellites ${bySource.gnss}`,
    `Wi-Fi ${bySource.wifi}`,
    `beacon ${bySource.rf}`,
    `mobile cell ${bySource.cell}`,
  ];
  return [
    ['Events received', String(trail.events)],
    ['Positions', `${trail.fixes}: ${sources.join(', ')}`],
    ['Checks', String(trail.checks)],
    ['Of positions with a stated accuracy', String(accuracy.stated)],
    ['within 10 m', share(accuracy.within10, accuracy.stated)],
    ['within 30 m', share(accuracy.within30, accuracy.stated)],
    ['within 100 m', share(accuracy.within100, accuracy.stated)],
    ['A device was on the wearer for', lengthWords(wornSeconds)],
    ['Of that, without a position for more than five minutes', lengthWords(gaps.seconds)],
  ];
};

const gapBlocks = ({ gaps, fixes }: TrailDigest): Block[] => {
  if (gaps.count === 0) return [];
  const rest = gaps.count - gaps.longest.length;
  return [
    missing(
      `${count(gaps.count, 'gap')} in the trail, ${lengthWords(gaps.seconds)} together`,
      'Where the wearer was meanwhile is not known. A gap is no evidence of anything but itself: it speaks neither for nor against the wearer.',
    ),
    tableOf(
      rest > 0 ? `The longest ${gaps.longest.length} gaps; ${rest} shorter ones besides` : 'Gaps',
      {
        columns: [words('From', 3), words('To', 3), words('For', 1)],
        rows: gaps.longest
          .toSorted((a, b) => a.fromAt - b.fromAt)
          .map(({ fromAt, toAt }) => [{ at: fromAt }, { at: toAt }, lengthBetween(fromAt, toAt)]),
        whenEmpty: fixes === 0 ? 'No position was received at all.' : 'None.',
      },
    ),
  ];
};

const lateBlocks = ({ late }: TrailDigest): Block[] =>
  late.count === 0
    ? []
    : [
        missing(
          `${count(late.count, 'event')} reached us more than 15 minutes after they were recorded, the latest after ${lengthWords(late.worstSeconds)}`,
          'What they show was not known at the time. Each is judged by when it was recorded, and each violation says when it was found.',
        ),
      ];

const unwornBlocks = ({ unworn }: TrailDigest): Block[] =>
  unworn.length === 0
    ? []
    : [
        missing(
          'For some of the period no device was on the wearer',
          'Nothing could be received, and nothing is claimed of that time.',
        ),
        tableOf('Without a device', {
          columns: [words('From', 3), words('To', 3), words('For', 1)],
          rows: unworn.map(({ fromAt, toAt }) => [
            { at: fromAt },
            { at: toAt },
            lengthBetween(fromAt, toAt),
          ]),
          whenEmpty: 'None.',
        }),
      ];

const asideBlocks = ({ setAside }: WearerFacts): Block[] =>
  setAside === 0
    ? []
    : [
        missing(
          `${count(setAside, 'event was', 'events were')} set aside: the device was not on the wearer when they were recorded`,
          'They are kept, and nothing in this report rests on them.',
        ),
      ];

const unevaluatedBlocks = ({ unevaluated }: WearerFacts): Block[] =>
  unevaluated.map(({ fromAt, untilAt }) =>
    missing(
      [
        'What came could not be evaluated from ',
        { at: fromAt },
        ' ',
        ...(untilAt === null ? ['on, and cannot be yet'] : ['until ', { at: untilAt }]),
      ],
      untilAt === null
        ? 'Violations of that time may be missing from this report.'
        : 'It was kept, and evaluated afterwards: what it shows was found later than it happened.',
    ),
  );

const erasedBlocks = ({ erased }: WearerFacts): Block[] =>
  erased.map(({ at, dataClass, pieces, why }) =>
    missing(
      [`${count(pieces, 'piece')} of the class ${dataClass} erased by `, { at }, `: ${why}`],
      'What they were cannot be shown any more, and what rested on them may be missing here. Their places in the chain stand.',
    ),
  );

const sealingBlocks = ({ sealing }: WearerFacts): Block[] => {
  if (sealing === null) {
    return [
      missing(
        'Whether each entry of the record has been sealed was not looked up for this report',
        'The export of the record shows it, entry by entry, and can be verified by anybody.',
      ),
    ];
  }
  const { entries, unsealed, firstUnsealedAt } = sealing;
  if (unsealed === 0) return [];
  const since: Words = firstUnsealedAt === null ? '' : { at: firstUnsealedAt };
  return [
    missing(
      [`${unsealed} of ${entries} entries of the record are not sealed yet, the oldest of `, since],
      'Until an entry is sealed nobody can prove by the chain that it was not altered.',
    ),
  ];
};

const inForceBlocks = ({ timeline }: WearerFacts): Block[] =>
  timeline === null
    ? [
        missing(
          'A document that the order names is not on record',
          'What was in force cannot be put together, so violations cannot be shown with zone and hours.',
        ),
      ]
    : [];

const aheadBlocks = (facts: WearerFacts): Block[] => {
  const { period, askedAt } = facts.asked;
  if (askedAt >= period.untilAt) return [];
  return [
    missing(
      [
        'The period goes on until ',
        { at: period.untilAt },
        ', and the report was asked for at ',
        { at: askedAt },
      ],
      `The last ${lengthWords(secondsBetween(askedAt, period.untilAt))} are ahead of it, and not in it.`,
    ),
  ];
};

const NOTHING_MISSING = 'None was found.';

/** What is not known of the period, and what follows from that: nobody is to read it as known. */
export const missingSection = (facts: WearerFacts): Section => {
  const { trail } = facts;
  const blocks = [
    ...aheadBlocks(facts),
    ...inForceBlocks(facts),
    ...unwornBlocks(trail),
    ...gapBlocks(trail),
    ...lateBlocks(trail),
    ...asideBlocks(facts),
    ...unevaluatedBlocks(facts),
    ...erasedBlocks(facts),
    ...sealingBlocks(facts),
  ];
  return section('What is missing, and how good the data are', [
    ...factsOf('What was received', heardRows(trail)),
    ...(blocks.length === 0
      ? factsOf('What is missing', [['Gaps, late or set aside events', NOTHING_MISSING]])
      : blocks),
  ]);
};

/** What was received on each day: that somebody was watching also where nothing happened. */
export const daysTable = ({ trail }: WearerFacts): Block =>
  tableOf('What was received, day by day', {
    columns: [
      ...[words('Day', 3), numbers('Hours', 1), numbers('Events', 1), numbers('Positions', 1)],
      ...[numbers('Checks', 1), words('Without a position', 2)],
    ],
    rows: trail.days.map((one) => [
      dayWords(one.day),
      String(Math.round(secondsBetween(one.startAt, one.endAt) / 360) / 10),
      ...[String(one.events), String(one.fixes), String(one.checks)],
      one.wornSeconds === 0 ? 'no device on the wearer' : lengthWords(one.gapSeconds),
    ]),
    whenEmpty: 'The period has no day.',
  });
