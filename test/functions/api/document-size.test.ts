import { describe, expect, it } from 'vitest';
import { keptApi } from '#test/support/kept-api.ts';

const path = { timetableId: 'busy' };
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** So many windows of ten minutes on every day of the week. */
const withWindows = (count: number) => ({
  name: 'Busy',
  timeZone: 'Europe/London',
  windows: Array.from({ length: count }, (_, i) => ({
    days,
    start: clock(i * 25),
    end: clock(i * 25 + 10),
  })),
});

const put = (count: number) =>
  keptApi().ask('PUT /v1/timetables/{timetableId}', { path, body: withWindows(count) });

describe('given a timetable of many windows', () => {
  it('is kept with seventeen on every day of the week', async () => {
    expect((await put(17)).statusCode).toBe(201);
  });

  it('is refused with more than an item holds for three years, and says so', async () => {
    expect(await put(50)).toMatchObject({
      statusCode: 422,
      json: { problems: [{ path: 'windows', code: 'too-many-windows' }] },
    });
  });
});

describe('given a zone of many positions', () => {
  /** A circle of so many corners, with as many decimals as a program writes without thinking. */
  const circleOf = (corners: number) => {
    const ring = Array.from({ length: corners }, (_, i) => {
      const turn = (2 * Math.PI * i) / corners;
      return [-0.1 + 0.01 * Math.cos(turn), 51.5 + 0.01 * Math.sin(turn)];
    });
    return { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
  };
  const putZone = (corners: number) =>
    keptApi().ask('PUT /v1/zones/{zoneId}', {
      path: { zoneId: 'round' },
      body: { name: 'Round', kind: 'exclusion', shape: circleOf(corners) },
    });

  it('is kept with five thousand', async () => {
    expect((await putZone(5_000)).statusCode).toBe(201);
  });

  it('is refused where no item could hold it, and says how large it is', async () => {
    expect(await putZone(15_000)).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code: 'too-large', message: expect.stringContaining('380000') }] },
    });
  });
});
