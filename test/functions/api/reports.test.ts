import { describe, expect, it } from 'vitest';
import type { AskedReport } from '#domain/report/asked-report.ts';
import type { ReportJob } from '#domain/report/job.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { NO_REPORTS } from '#test/support/no-reports.ts';
import { DOCUMENTS } from './documents.ts';

const ROUTE = 'PUT /v1/wearers/{wearerId}/reports/{reportId}';
const ASKED = {
  ...{ kind: 'breach-pack', from: '2026-03-01T00:00:00Z', until: '2026-03-02T00:00:00Z' },
  ...{ by: 'reader', why: 'review' },
};

/** The API with what is put, and the reports that were asked for. */
const world = async () => {
  const jobs: ReportJob[] = [];
  const reportJobs = {
    ...NO_REPORTS.reportJobs,
    ask: async (asked: AskedReport) => {
      jobs.push({ asked, status: 'waiting' });
      return 'asked' as const;
    },
    load: async () => jobs[0] ?? null,
    list: async () => jobs,
  };
  const reports = { sendAll: async () => undefined };
  const api = keptApi({ deps: { reportJobs, reports } });
  for (const { route, path, body } of DOCUMENTS) await api.ask(`PUT ${route}`, { path, body });
  await api.ask('PUT /v1/wearers/{wearerId}', {
    ...{ path: { wearerId: 'v-1' }, body: { name: 'Nobody Else', kind: 'protected-person' } },
  });
  const ask = (wearerId: string) =>
    api.ask(ROUTE, { path: { wearerId, reportId: 'r-1' }, body: ASKED });
  return { ...api, jobs, askFor: ask };
};

describe('a report', () => {
  it('is made of a wearer', async () => {
    const { askFor, jobs } = await world();
    expect(await askFor('w-1')).toMatchObject({ statusCode: 202, json: { status: 'waiting' } });
    expect(jobs).toHaveLength(1);
  });

  it('is made of nobody whom an order protects: it would show where they were', async () => {
    const { askFor, jobs } = await world();
    expect(await askFor('v-1')).toMatchObject({
      ...{ statusCode: 403, json: { code: 'protected-person' } },
    });
    expect(jobs).toEqual([]);
  });

  it('is made of nobody, and none is listed, where nobody is on record', async () => {
    const { ask, askFor, jobs } = await world();
    expect((await askFor('w-9')).statusCode).toBe(404);
    const listed = await ask('GET /v1/wearers/{wearerId}/reports', { path: { wearerId: 'w-9' } });
    expect(listed.statusCode).toBe(404);
    expect(jobs).toEqual([]);
  });
});
