import { describe, expect, it } from 'vitest';
import { mappedShape } from '#local/worlds/track/mapped-shape.ts';
import { parseTrace, readTrace } from '#local/worlds/track/trace.ts';

const line = (recordedAt: string, lat = 51.5): string =>
  JSON.stringify({
    ...{ recordedAt, lat, lon: -0.1 },
    ...{ accuracyMetres: null, hdop: 1, speedMps: null },
  });

describe('given a recording in a file', () => {
  it('is read in the order of its instants, blank lines left out', () => {
    const text = `${line('2020-01-01T00:00:02Z')}\n\n${line('2020-01-01T00:00:01Z')}\n`;
    const seconds = parseTrace('t', text).map(({ recordedAt }) => (recordedAt / 1000) % 60);
    expect(seconds).toEqual([1, 2]);
  });

  it('is refused with the line and the name when a line is no fix', () => {
    const text = `${line('2020-01-01T00:00:02Z')}\n${line('2020-01-01T00:00:03Z', 91)}`;
    expect(() => parseTrace('t', text)).toThrow('Line 2 of trace t is no fix');
  });

  it('is found by its name', () => {
    expect(readTrace('run-washington')).toHaveLength(206);
  });
});

describe('given the mapped areas', () => {
  it('are found by the id of their data set, and an unknown one is named', () => {
    expect(mappedShape('dc-parks-and-recreation-areas-117').type).toBe('Polygon');
    expect(() => mappedShape('dc-moon')).toThrow('no feature dc-moon');
  });
});
