import { describe, expect, it } from 'vitest';
import { DAY_SECONDS, type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { at } from '#test/support/supervisions.ts';
import { DOCUMENTS } from './documents.ts';

const NOW = at('2026-03-02T20:00:00Z');

const known = async () => {
  const api = keptApi({ now: NOW });
  for (const { route, path, body } of DOCUMENTS) await api.ask(`PUT ${route}`, { path, body });
  const noticesOf = () =>
    api.beside.flatMap(({ Put }) =>
      Put?.Item?.kind?.S === 'notice' ? [JSON.parse(Put.Item.body?.S ?? '')] : [],
    );
  return { ...api, lastNotice: () => noticesOf().at(-1) };
};

const dated = DOCUMENTS.filter(({ route }) => /zones|timetables|orders/.test(route));

const put = async (
  api: Awaited<ReturnType<typeof known>>,
  { route, path, changed }: (typeof DOCUMENTS)[number],
  inForceAt: Instant | null = null,
) => {
  const stated = inForceAt === null ? {} : { inForceAt: toIso(inForceAt) };
  return api.ask(`PUT ${route}`, { path, body: { ...changed, ...stated } });
};

describe.each(dated)('a change of what stands at $route', (one) => {
  it('is in force from when it is made, and every version says since when', async () => {
    const api = await known();
    await put(api, one);
    const { json } = await api.ask(`GET ${one.route}`, { path: one.path });
    expect(json).toMatchObject({ version: 2, changedAt: toIso(NOW), inForceAt: toIso(NOW) });
    const versions = [...api.items].filter(([name]) => name.includes(' VERSION#'));
    expect(versions.every(([, item]) => item.changedAt?.N === String(NOW))).toBe(true);
  });

  it('is in force from an earlier instant where it says so, and evaluation is told', async () => {
    const api = await known();
    const earlier = secondsAfter(NOW, -2 * 3_600);
    expect(await put(api, one, earlier)).toMatchObject({ json: { changed: true } });
    const { json } = await api.ask(`GET ${one.route}`, { path: one.path });
    expect(json).toMatchObject({ changedAt: toIso(NOW), inForceAt: toIso(earlier) });
    expect(json.document).not.toHaveProperty('inForceAt');
    expect(api.lastNotice()).toMatchObject({ changedAt: NOW, inForceAt: earlier });
    expect(await put(api, one, earlier)).toMatchObject({ json: { version: 2, changed: false } });
  });

  it('becomes a version of its own where only the instant is another', async () => {
    const api = await known();
    await put(api, one);
    const earlier = await put(api, one, secondsAfter(NOW, -60));
    expect(earlier).toMatchObject({ json: { version: 3, changed: true } });
  });

  it.each([
    ['ahead', secondsAfter(NOW, 1), 'in-force-ahead'],
    ['too long ago', secondsAfter(NOW, -31 * DAY_SECONDS), 'in-force-too-old'],
  ])('is refused where that is %s, and nothing is saved', async (_, inForceAt, code) => {
    const api = await known();
    const before = api.items.size;
    const response = await put(api, one, inForceAt);
    expect(response).toMatchObject({
      statusCode: 422,
      json: { problems: [{ code, path: 'inForceAt' }] },
    });
    expect(api.items.size).toBe(before);
  });
});

describe('a change of when a device was on a wearer', () => {
  const found = DOCUMENTS.find(({ route }) => route.includes('activations'));
  if (found === undefined) throw new Error('no activation');
  const { route, path, body } = found;
  const end = at('2026-03-02T18:00:00Z');

  it('is told from the first instant at which it makes a difference', async () => {
    const api = await known();
    await api.ask(`PUT ${route}`, { path, body: { ...body, endsAt: toIso(end) } });
    expect(api.lastNotice()).toMatchObject({ inForceAt: end });
    const sooner = secondsAfter(end, -600);
    await api.ask(`PUT ${route}`, { path, body: { ...body, endsAt: toIso(sooner) } });
    expect(api.lastNotice()).toMatchObject({ inForceAt: sooner });
    await api.ask(`PUT ${route}`, { path, body: { ...body, endsAt: null } });
    expect(api.lastNotice()).toMatchObject({ inForceAt: sooner });
  });
});
