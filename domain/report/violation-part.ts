import type { Watch } from '../evaluate/supervision.ts';
import { standingAt } from '../evaluate/supervision-history.ts';
import type { Instant } from '../model/instant.ts';
import { isJoining } from '../model/pair.ts';
import type { Violation } from '../model/violation.ts';
import { alertTimeline } from '../response/alert-timeline.ts';
import type { TimelineEntry } from '../response/timeline-entry.ts';
import { covers, windowAt } from '../time/active-intervals.ts';
import type { Block } from './block.ts';
import { lengthBetween } from './local-days.ts';
import { factsOf, missing, type Part, paragraph, tableOf, words } from './pieces.ts';
import { type Drawn, trailMap } from './trail-map.ts';
import { evidenceBlocks } from './violation-evidence.ts';
import {
  certaintyWords,
  happenedWords,
  lateWords,
  otherWords,
  saidByWords,
  standingWords,
} from './violation-words.ts';
import { timelinesOf, watchOf } from './watch-then.ts';
import type { Found, WearerFacts } from './wearer-facts.ts';
import type { Words } from './words.ts';

const versionWords = (
  found: Readonly<{
    version: number;
    inForceAt: Instant;
    value: Readonly<{ name: string }>;
  }> | null,
): Words | null =>
  found === null
    ? null
    : [`${found.value.name}, version ${found.version}, in force from `, { at: found.inForceAt }];

const zoneVersion = ({ history }: WearerFacts, { condition }: Watch, at: Instant): Words | null => {
  const zoneId = 'zoneId' in condition ? condition.zoneId : undefined;
  if (zoneId !== undefined) return versionWords(standingAt(history.zones.get(zoneId) ?? [], at));
  const listId = 'zoneListId' in condition ? condition.zoneListId : undefined;
  if (listId === undefined) return null;
  return versionWords(standingAt(history.zoneLists?.get(listId) ?? [], at));
};

const timetableVersion = (facts: WearerFacts, { condition }: Watch, at: Instant): Words | null => {
  const id = 'timetableId' in condition ? condition.timetableId : null;
  if (id === null) return null;
  return versionWords(standingAt(facts.history.timetables.get(id) ?? [], at));
};

/** The hours that it was found in; on the nights of a clock change an hour longer or shorter. */
const hoursWords = ({ active, condition }: Watch, at: Instant): Words | null => {
  if (!('timetableId' in condition) || condition.timetableId === null) return null;
  const held = covers(active, at) ? windowAt(active, at) : undefined;
  if (held === undefined || held.startsBy === 'horizon' || held.endsBy === 'horizon') return null;
  const { startAt, endAt } = held;
  return [{ at: startAt }, ' to ', { at: endAt }, `, ${lengthBetween(startAt, endAt)}`];
};

const nameOf = ({ condition }: Watch, violation: Violation, facts: WearerFacts): string => {
  if (violation.zoneName !== undefined) return violation.zoneName;
  const zoneId = 'zoneId' in condition ? condition.zoneId : undefined;
  if (zoneId !== undefined) {
    const zone = standingAt(facts.history.zones.get(zoneId) ?? [], violation.openedAt);
    return zone?.value.name ?? zoneId;
  }
  return 'place' in condition && condition.place !== null ? condition.place.label : 'trail';
};

const whereWords = ({ conditionKind, distanceMetres }: Violation, name: string): string | null => {
  if (distanceMetres === null) return null;
  const metres = `${Math.round(Math.abs(distanceMetres))} m`;
  if (isJoining(conditionKind)) {
    return `${metres} from the other person, whose own position is not shown`;
  }
  if (conditionKind === 'curfew' || conditionKind === 'mandatory-attendance') {
    return `${metres} from ${name}`;
  }
  return `${metres} ${distanceMetres >= 0 ? 'inside' : 'outside'} the edge of ${name}`;
};

const thresholdTable = ({ thresholds }: Watch): Block[] => {
  const rows = Object.entries(thresholds).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return [];
  return [
    tableOf('Thresholds that the rule went by', {
      columns: [words('Threshold', 3), words('Value', 1)],
      rows: rows.map(([name, value]) => [name, String(value)]),
      whenEmpty: 'The rule goes by none.',
    }),
  ];
};

const drawnOf = (watch: Watch | null, name: string): Drawn => {
  const { question = null, condition } = watch ?? {};
  const part = condition?.kind === 'inclusion-zone' ? 'inclusion' : 'exclusion';
  // The buffer is watched by itself, and drawn whichever of the two found something.
  const stated = condition?.kind === 'exclusion-zone' ? condition.bufferMetres : 0;
  return { question, name, part, bufferMetres: stated };
};

const mapBlocks = ({ violation, sketch }: Found, drawn: Drawn): Block[] => {
  const map = trailMap(sketch, drawn);
  if (map !== null) return [map];
  const cells = sketch.cellFixes > 0 ? ' but by the mobile network alone' : '';
  return [
    paragraph([
      `No position${cells} was recorded from `,
      { at: sketch.window.fromAt },
      ' to ',
      { at: sketch.window.untilAt },
      violation.certainty === null
        ? ': there is nothing to draw. What was found rests on none.'
        : ': there is nothing to draw.',
    ]),
  ];
};

const NOTHING_HAPPENED = 'No alert was opened for it: nobody was told of it as one.';

const entryRow = ({ at, words: said, by, reason }: TimelineEntry): Words[] => [
  ...[{ at }, said, by ?? '', reason ?? ''],
];

/** What was done about it: each page, who took it in hand, each note, and how it ended. */
const responseBlocks = ({ isTold, history, pages }: Found, askedAt: Instant): Block[] => {
  if (!isTold) return [paragraph(NOTHING_HAPPENED)];
  const entries = alertTimeline({ recorded: history, pages }, askedAt);
  return [
    tableOf('What was done: pages, who took it in hand, notes', {
      columns: [words('When', 4), words('What happened', 6), words('By', 2), words('Why', 3)],
      rows: entries.map(entryRow),
      whenEmpty: 'An alert was opened, and nothing else is on record of it.',
    }),
  ];
};

const CHANGES: Readonly<Record<string, string>> = {
  'violation-opened': 'found',
  'violation-amended': 'found to have begun, or to be, otherwise',
  'violation-ended': 'found to be over',
  'violation-withdrawn': 'withdrawn',
};

/** Each time that the record says something else of it, by our clock. */
const courseTable = ({ entries }: Found): Block[] => {
  if (entries.length < 2) return [];
  return [
    tableOf('How the violation changed as more was known', {
      columns: [words('Put on record', 2), words('What was found', 3)],
      rows: entries.map(({ at, type }) => [{ at }, CHANGES[type] ?? type]),
      whenEmpty: 'It did not change.',
    }),
  ];
};

/** One violation of the period in full: what the data show, how sure, and what was done. */
export const violationPart = (facts: WearerFacts, found: Found, number: number): Part => {
  const { violation, sketch } = found;
  const { openedAt } = violation;
  const watch = watchOf(timelinesOf(facts), violation);
  const name = watch === null ? 'trail' : nameOf(watch, violation, facts);
  return {
    heading: `${number}. ${happenedWords(violation)}${violation.status === 'withdrawn' ? ' (withdrawn)' : ''}`,
    blocks: [
      ...factsOf('What the data show', [
        ['Violation', violation.violationId],
        ['Began', { at: openedAt }],
        ['Stands', standingWords(violation)],
        ['Found', lateWords(violation)],
        ['How certain', certaintyWords(violation)],
        ['Other explanations', otherWords(violation)],
        ['Where', whereWords(violation, name)],
        ['What each source said', saidByWords(violation)],
        ['Condition', `${violation.conditionKind}, ${violation.conditionId}`],
        ['Order', `${violation.orderId}, version ${violation.orderVersion}`],
        ['Zone', watch === null ? null : zoneVersion(facts, watch, openedAt)],
        ['Timetable', watch === null ? null : timetableVersion(facts, watch, openedAt)],
        ['Hours that it lies in', watch === null ? null : hoursWords(watch, openedAt)],
        [
          'Rule',
          watch === null ? violation.rule : `${violation.rule}, as compiled: ${watch.version}`,
        ],
      ]),
      ...(watch === null
        ? [
            missing(
              'What was in force when it began cannot be put together any more',
              'Zone, hours and thresholds of this violation have to be shown by other means.',
            ),
          ]
        : thresholdTable(watch)),
      ...evidenceBlocks(violation, sketch),
      ...mapBlocks(found, drawnOf(watch, name)),
      ...courseTable(found),
      ...responseBlocks(found, facts.asked.askedAt),
    ],
  };
};
