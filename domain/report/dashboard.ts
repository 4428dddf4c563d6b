import type { BatchRate } from '../fleet/device-batches.ts';
import type { Instant } from '../model/instant.ts';
import type { ForceCalls } from '../response/false-alerts.ts';
import type { Group, ResponseTimes } from '../response/response-times.ts';
import type { Span } from '../response/span.ts';
import type { AskedReport } from './asked-report.ts';
import type { Block } from './block.ts';
import type { ReportContent, Section } from './document.ts';
import { lengthBetween, lengthWords } from './local-days.ts';
import { factsOf, missing, numbers, paragraph, section, tableOf, words } from './pieces.ts';
import type { Words } from './words.ts';

/** An alert that still asks for somebody. */
export type Ageing = Readonly<{
  alertId: string;
  kind: string;
  severity: string;
  status: string;
  openedAt: Instant;
  isOver: boolean;
}>;

/** What an agency's dashboard is made of. */
export type AgencyFacts = Readonly<{
  asked: AskedReport;
  timeZone: string;
  /** From when on alerts were reckoned with, where there were too many for the whole period. */
  reckonedFromAt: Instant;
  all: ResponseTimes;
  byKind: readonly Group[];
  byTeam: readonly Group[];
  wearerDays: number;
  ageing: readonly Ageing[];
  /** Whether more may be open than were read. */
  mayBeMore: boolean;
  batches: readonly BatchRate[];
  forces: readonly ForceCalls[];
}>;

const spanWords = (seconds: number | null): string =>
  seconds === null ? 'none' : lengthWords(seconds);

const spanRow = (name: string, span: Span): Words[] => [
  ...[name, String(span.count), spanWords(span.p50Seconds), spanWords(span.p90Seconds)],
  ...[spanWords(span.worstSeconds), String(span.waiting)],
];

const SPAN_COLUMNS = [
  ...[words('From what to what', 4), numbers('Alerts', 1), numbers('Half within', 2)],
  ...[numbers('Nine in ten within', 2), numbers('Worst', 2), numbers('Still waiting', 1)],
];

const spanTable = (times: ResponseTimes): Block =>
  tableOf('How quickly alerts were told, taken in hand and closed', {
    columns: SPAN_COLUMNS,
    rows: [
      spanRow('Found to first page', times.detectToPage),
      spanRow('First page to in hand', times.pageToAcknowledge),
      spanRow('In hand to closed', times.acknowledgeToClose),
      spanRow('Found to closed', times.detectToClose),
    ],
    whenEmpty: 'No alert was opened.',
  });

const share = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${Math.round((1000 * part) / whole) / 10} %`;

const per = (count: number, days: number): string =>
  days === 0 ? 'no wearer-day' : String(Math.round((count / days) * 1e4) / 1e4);

const groupTable = (heading: string, groups: readonly Group[]): Block =>
  tableOf(`By ${heading.toLowerCase()}`, {
    columns: [
      ...[words(heading, 3), numbers('Alerts', 1), numbers('False', 1), numbers('Share false', 1)],
      ...[numbers('Half in hand within', 2), numbers('Worst', 2)],
    ],
    rows: groups.map(({ group, times }) => [
      ...[group, String(times.alerts), String(times.falseAlerts)],
      share(times.falseAlerts, times.alerts),
      spanWords(times.pageToAcknowledge.p50Seconds),
      spanWords(times.pageToAcknowledge.worstSeconds),
    ]),
    whenEmpty: 'No alert was opened in this period.',
  });

const load = ({ all, wearerDays }: AgencyFacts): Block[] =>
  factsOf('Load', [
    ['Alerts opened', String(all.alerts)],
    ['Of them told to nobody, having been held until they were over', String(all.untold)],
    ['Of them false', `${all.falseAlerts}, ${share(all.falseAlerts, all.alerts)}`],
    ['Wearer-days', String(Math.round(wearerDays * 100) / 100)],
    ['Alerts a wearer-day', per(all.alerts, wearerDays)],
    ['False alerts a wearer-day', per(all.falseAlerts, wearerDays)],
  ]);

const cut = ({ asked, reckonedFromAt }: AgencyFacts): Block[] =>
  reckonedFromAt <= asked.period.fromAt
    ? []
    : [
        missing(
          ['Alerts from before ', { at: reckonedFromAt }],
          'There were too many to reckon with in one report: ask for a shorter period for the rest.',
        ),
      ];

const ageingSection = ({ ageing, asked, mayBeMore }: AgencyFacts): Section =>
  section('What lies there, the oldest first', [
    ...(mayBeMore
      ? [
          missing(
            'There may be more than were read',
            'The oldest are listed; the number is not whole.',
          ),
        ]
      : []),
    tableOf('Open, in hand, or over and not reviewed', {
      columns: [
        ...[words('Alert', 5), words('Kind', 2), words('Severity', 2), words('Status', 2)],
        ...[words('Opened', 4), numbers('For', 2)],
      ],
      rows: ageing.map((one) => [
        ...[one.alertId, one.kind, one.severity, `${one.status}${one.isOver ? ', over' : ''}`],
        ...[{ at: one.openedAt }, lengthBetween(one.openedAt, asked.askedAt)],
      ]),
      whenEmpty: 'Nothing was open when this was asked for.',
    }),
  ]);

const batchSection = ({ batches }: AgencyFacts): Section =>
  section('Devices by batch', [
    paragraph(
      'A batch is out of line where so many tamper days, on three devices or more, would come by chance less than once in a thousand, shared among all batches.',
    ),
    tableOf('Tamper days for each 1,000 device-days', {
      columns: [
        ...[words('Batch', 3), numbers('Device-days', 2), numbers('Tamper days', 2)],
        ...[numbers('Per 1,000', 2), words('Out of line', 2)],
      ],
      rows: batches.map((batch) => [
        ...[batch.deviceBatch, String(Math.round(batch.deviceDays * 100) / 100)],
        ...[String(batch.tamperDays), String(Math.round(batch.per1000DeviceDays * 100) / 100)],
        batch.isOutOfLine ? 'yes' : 'no',
      ]),
      whenEmpty: 'No device of a stated batch was on anybody.',
    }),
  ]);

const forceSection = ({ forces }: AgencyFacts): Section =>
  section('Calls to police forces in the twelve months before', [
    tableOf('Calls, and those that were false', {
      columns: [words('Force', 3), numbers('Calls', 1), numbers('False', 1), numbers('Share', 1)],
      rows: forces.map(({ liaisonId, calls, falseCalls }) => [
        ...[liaisonId, String(calls), String(falseCalls), share(falseCalls, calls)],
      ]),
      whenEmpty: 'No force is called by this agency.',
    }),
  ]);

const chart = ({ byKind }: AgencyFacts): Block[] =>
  byKind.length === 0
    ? []
    : [
        {
          ...{ kind: 'chart', form: 'bars', caption: 'Alerts by kind of condition' },
          description:
            'For each kind of condition, how many alerts were opened, and how many of them were false.',
          ...{ placesHeading: 'Kind', places: byKind.map(({ group }) => group), unit: 'alerts' },
          series: [
            { name: 'opened', values: byKind.map(({ times }) => times.alerts) },
            { name: 'false', values: byKind.map(({ times }) => times.falseAlerts) },
          ],
        },
      ];

/** How an agency does with its alerts, in numbers that each have their count beside them. */
export const dashboard = (facts: AgencyFacts): ReportContent => ({
  title: 'Agency dashboard',
  subjectName: null,
  timeZone: facts.timeZone,
  sections: [
    section('Response', [
      ...cut(facts),
      ...(facts.all.alerts === 0 ? [paragraph('No alert was opened in this period.')] : []),
      ...load(facts),
      spanTable(facts.all),
      groupTable('Kind', facts.byKind),
      groupTable('Team', facts.byTeam),
      ...chart(facts),
    ]),
    ageingSection(facts),
    batchSection(facts),
    forceSection(facts),
  ],
});
