import { position } from '#domain/geo/position.ts';
import { instant } from '#domain/model/instant.ts';
import { type Report, reportSchema } from '#domain/report/document.ts';
import type { MapDrawing } from '#domain/report/map-drawing.ts';
import { type Verification, verificationCode } from '#domain/report/verification.ts';

const at = (iso: string) => instant(Date.parse(iso));

/** A home with a buffer, two segments of a trail with a gap between them, and three fixes. */
export const madeDrawing: MapDrawing = {
  origin: position(51.5034, -0.1276),
  extent: { westMetres: -400, southMetres: -300, eastMetres: 400, northMetres: 300 },
  areas: [
    { name: 'Buffer of Hill Road School', part: 'buffer', rings: [square(200)] },
    { name: 'Hill Road School', part: 'exclusion', rings: [square(120), square(20)] },
  ],
  segments: [
    {
      fromAt: at('2026-10-24T13:20:00Z'),
      untilAt: at('2026-10-24T13:24:00Z'),
      points: [
        [-380, -280],
        [-200, -90],
        [-90, -40],
      ],
    },
    {
      fromAt: at('2026-10-24T13:40:00Z'),
      untilAt: at('2026-10-24T13:44:00Z'),
      points: [
        [100, 60],
        [240, 190],
        [380, 280],
      ],
    },
  ],
  gaps: [
    {
      fromAt: at('2026-10-24T13:24:00Z'),
      untilAt: at('2026-10-24T13:40:00Z'),
      lastPoint: [-90, -40],
      nextPoint: [100, 60],
    },
  ],
  marks: [
    { point: [-90, -40], source: 'satellite', accuracyMetres: 8, label: 'A' },
    { point: [100, 60], source: 'network', accuracyMetres: 120, label: 'B' },
    { point: [240, 190], source: 'satellite', accuracyMetres: null, label: null },
  ],
};

function square(half: number): [number, number][] {
  return [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ];
}

const madeSections = [
  {
    heading: 'What happened',
    blocks: [
      {
        kind: 'paragraph',
        text: ['Inside the zone from ', { at: at('2026-10-25T00:30:00Z') }, ' on.'],
      },
      { kind: 'list', isNumbered: true, items: ['first', { at: at('2026-10-25T01:30:00Z') }] },
      { kind: 'facts', caption: 'Order', rows: [{ label: 'Type', value: 'community' }] },
    ],
    parts: [
      {
        heading: 'On the ground',
        blocks: [
          {
            kind: 'table',
            caption: 'Fixes',
            columns: [
              { heading: 'When', align: 'start', share: 2 },
              { heading: 'Accuracy in m', align: 'end', share: 1 },
            ],
            rows: [[{ at: at('2026-10-24T13:24:00Z') }, '8']],
            whenEmpty: 'No fixes.',
          },
          {
            kind: 'map',
            caption: 'About the school',
            description: 'The trail ends at A, and goes on 16 minutes later at B.',
            drawing: madeDrawing,
          },
          {
            kind: 'chart',
            form: 'bars',
            caption: 'Minutes late',
            description: 'More in the second week.',
            placesHeading: 'Week',
            places: ['1', '2'],
            unit: 'minutes',
            series: [{ name: 'late', values: [3, null] }],
          },
        ],
      },
    ],
  },
  {
    heading: 'What is missing',
    blocks: [
      {
        kind: 'missing',
        what: 'No fixes for 16 minutes.',
        whyItMatters: 'Where he was then is not known.',
      },
      { kind: 'signature', labels: ['Signed', 'Date'] },
    ],
    parts: [],
  },
];

/** A report with every kind of block, over a night on which clocks are put back in London. */
export const madeReport = (changes: Partial<Report> = {}): Report =>
  reportSchema.parse({
    schema: 'homeward.report.1',
    asked: {
      agencyId: 'kent',
      reportId: 'r-1',
      kind: 'breach-pack',
      wearerId: 'w-1',
      period: { fromAt: at('2026-10-24T12:00:00Z'), untilAt: at('2026-10-25T12:00:00Z') },
      by: 'officer-1',
      why: 'Hearing on 2 November',
      askedAt: at('2026-10-26T09:00:00Z'),
    },
    title: 'Breach report',
    subjectName: 'John Carter',
    timeZone: 'Europe/London',
    sections: madeSections,
    ...changes,
  });

/** How a report of tests is verified, at an address that leads nowhere. */
export const madeVerification: Verification = {
  sha256: 'a1'.repeat(32),
  code: verificationCode('a1'.repeat(32)),
  address: 'https://api.example/v1/reports/M6GT-38DM-38DM-38DM/verification',
  modules: Array.from({ length: 25 }, (_, y) =>
    Array.from({ length: 25 }, (_, x) => (x * y) % 3 === 0),
  ),
};
