import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartPicture, roundTop } from '#domain/report/chart-picture.ts';
import { mapLegend } from '#domain/report/map-legend.ts';
import { mapPicture, scaleBarMetres } from '#domain/report/map-picture.ts';
import type { Picture } from '#domain/report/picture.ts';
import { madeDrawing } from '#test/support/reports.ts';

const openLines = ({ shapes }: Picture) =>
  shapes.flatMap((shape) => (shape.kind === 'lines' && !shape.isClosed ? shape.lines : []));

describe('a map of a report', () => {
  it('draws one line for each segment, and none from one to the next', () => {
    const picture = mapPicture({ ...madeDrawing, gaps: [], marks: [], areas: [] });
    const trail = openLines(picture).filter(({ length }) => length === 3);
    expect(trail).toHaveLength(madeDrawing.segments.length);
    const ends = trail.map((line) => [line[0], line.at(-1)]);
    expect(ends[0]?.[1]).not.toEqual(ends[1]?.[0]);
  });

  it('marks and names where each gap begins and ends', () => {
    const texts = mapPicture(madeDrawing).shapes.flatMap((shape) =>
      shape.kind === 'label' ? [shape.text] : [],
    );
    expect(texts).toEqual(expect.arrayContaining(['gap 1 begins', 'gap 1 ends', 'N', '200 m']));
    expect(JSON.stringify(mapLegend(madeDrawing))).toContain('where the wearer was is not known');
  });

  it('has a scale bar of a round length that takes no more than a quarter of the width', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 100, noNaN: true }), (pointsPerMetre) => {
        const points = scaleBarMetres(pointsPerMetre) * pointsPerMetre;
        expect(points).toBeLessThanOrEqual(120.001);
        expect(points).toBeGreaterThan(120 / 2.51);
      }),
    );
  });

  it('lies within its frame, also where all is one point', () => {
    const one = { westMetres: 0, southMetres: 0, eastMetres: 0, northMetres: 0 };
    expect(JSON.stringify(mapPicture({ ...madeDrawing, extent: one }))).not.toMatch(
      /null,null|NaN/,
    );
  });
});

describe('the marks of a map', () => {
  it('that lie on one another are named together, and none is hidden', () => {
    const mark = (label: string, point: readonly [number, number]) => ({
      ...{ point, source: 'satellite' as const, accuracyMetres: 8, label },
    });
    const near = ['1', '2', 'S1', '3', '4', 'S2'].map((name, i) => mark(name, [i, -i]));
    const marks = [...near, mark('5', [300, 200])];
    const drawing = { ...madeDrawing, gaps: [], areas: [], marks };
    const texts = mapPicture(drawing).shapes.flatMap((shape) =>
      shape.kind === 'label' ? [shape.text] : [],
    );
    expect(texts).toEqual(expect.arrayContaining(['1 to 4, S1, S2', '5']));
  });
});

describe('the axis of a chart', () => {
  it('names each place within its own room, in two lines where it must', () => {
    const places = ['mandatory-attendance', 'non-association', 'victim-proximity', 'curfew'];
    const { shapes } = chartPicture({
      ...{ kind: 'chart', form: 'bars', caption: 'c', description: 'd', unit: 'alerts' },
      ...{ placesHeading: 'Kind', places: [...places, ...places, '2026-W43'] },
      series: [{ name: 'opened', values: Array(9).fill(1) }],
    });
    const texts = shapes.flatMap((shape) => (shape.kind === 'label' ? [shape.text] : []));
    expect(texts).toEqual(
      expect.arrayContaining(['mandatory-', 'attendance', 'curfew', '2026-W43']),
    );
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(11);
  });

  it('ends at a round number that no value passes', () => {
    expect([0, 0.3, 1, 3, 6, 10, 2001].map(roundTop)).toEqual([1, 0.5, 1, 5, 10, 10, 5000]);
  });
});
