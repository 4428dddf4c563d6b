import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { reportSchema } from '#domain/report/document.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import { asReader } from '#local/replay/as-reader.ts';
import { allOf, readPdf } from '#test/support/read-pdf.ts';
import { startStack, superviseOne } from './one-wearer.ts';

const START = instant(Date.parse('2026-03-28T20:00:00Z'));
const FIXES = 20;
const ASKED = {
  ...{ kind: 'weekly-log', from: '2026-03-23T00:00:00Z', until: '2026-03-30T00:00:00Z' },
  ...{ by: 'o-1', why: 'supervision' },
};
const PATH = '/v1/wearers/w-1/reports/week-13';

let cloud: Cloud;
let office: ApiClient;

beforeAll(async () => {
  ({ cloud, office } = await startStack(secondsAfter(START, FIXES * 60)));
  const shape = { type: 'Circle', centre: { lat: 51.6, lon: -0.3 }, radiusMetres: 300 };
  await office.put('/v1/zones/z-1', { name: 'Zone', kind: 'exclusion', shape });
  const headEnd = await superviseOne(cloud, office, {
    inForceAt: toIso(START),
    conditions: [{ conditionId: 'zone', kind: 'exclusion-zone', zoneId: 'z-1' }],
  });
  const fixes = Array.from({ length: FIXES }, (_, i) => ({
    ...{ kind: 'fix', activationId: 'a-1', lat: 51.5, lon: -0.1 + i * 1e-4, accuracyMetres: 8 },
    recordedAt: toIso(secondsAfter(START, i * 60)),
    sequence: i,
  }));
  await headEnd.post('/v1/events', fixes);
  await cloud.settled();
});
afterAll(() => cloud?.stop());

const readySchema = z.object({
  status: z.literal('ready'),
  verificationCode: z.string(),
  files: z.array(
    z.object({ format: z.string(), sha256: z.string(), bytes: z.number(), href: z.url() }),
  ),
});

const fetched = async (href: string) => {
  const answer = await fetch(href);
  const body = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), body };
};

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

describe('given a report that was asked for', () => {
  let ready: z.infer<typeof readySchema>;

  it('is made, and its links have what their hashes say', async () => {
    await office.put(PATH, ASKED);
    await cloud.settled();
    ready = readySchema.parse(await office.get(asReader('o-1', PATH)));
    const types: (string | null)[] = [];
    for (const file of ready.files) {
      const { status, type, body } = await fetched(file.href);
      expect([status, sha256(body), body.length]).toEqual([200, file.sha256, file.bytes]);
      types.push(type);
    }
    expect(types).toEqual(['application/pdf', 'text/html; charset=utf-8', 'application/json']);
  });

  it('says the same in each form', async () => {
    const [pdf, html, json] = await Promise.all(
      ready.files.map(async ({ href }) => (await fetched(href)).body),
    );
    const report = reportSchema.parse(JSON.parse(String(json)));
    const { document } = readPdf(pdf ?? new Uint8Array());
    const headings = allOf(document).flatMap(({ tag, text }) => (tag === 'H2' ? [text] : []));
    for (const { heading } of report.sections) {
      expect(headings).toContain(heading);
      expect(String(html)).toContain(heading);
    }
  });

  it('stays what it was: asked for again, nothing changes, and another gets no place', async () => {
    await office.put(PATH, ASKED);
    await cloud.settled();
    const again = readySchema.parse(await office.get(asReader('o-1', PATH)));
    const hashesOf = ({ files }: typeof again) => files.map((file) => file.sha256);
    expect(hashesOf(again)).toEqual(hashesOf(ready));
    await expect(office.put(PATH, { ...ASKED, why: 'something else' })).rejects.toThrow('409');
  });

  it('is verified by whoever has its code, and says nothing about anybody', async () => {
    const address = `${cloud.apiUrl}/v1/reports/${ready.verificationCode}/verification`;
    const answer = await fetch(address);
    const page = await answer.text();
    expect([answer.status, page.includes(ready.files[2]?.sha256 ?? '')]).toEqual([200, true]);
    expect(page).not.toMatch(/w-1|Wearer|supervision/);
    expect((await fetch(address.replace(/\w{4}\/verif/, '0000/verif'))).status).toBe(404);
  });

  it('has links that end, and that nobody can change', async () => {
    const href = ready.files[0]?.href ?? '';
    expect((await fetched(href.replace('week-13', 'week-14'))).status).toBe(403);
    await cloud.clock.advanceBy(301_000);
    expect((await fetched(href)).status).toBe(403);
  });
});
