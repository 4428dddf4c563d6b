import type { ChartBlock, TableBlock } from './block.ts';

/** The numbers of a chart as a table, for whoever does not see it. */
export const tableOfChart = (chart: ChartBlock): TableBlock => ({
  kind: 'table',
  caption: `${chart.caption}: the numbers, in ${chart.unit}`,
  columns: [
    { heading: chart.placesHeading, align: 'start', share: 2 },
    ...chart.series.map(({ name }) => ({ heading: name, align: 'end' as const, share: 1 })),
  ],
  rows: chart.places.map((place, i) => [
    place,
    ...chart.series.map(({ values }) => String(values[i] ?? 'none')),
  ]),
  whenEmpty: 'none',
});
