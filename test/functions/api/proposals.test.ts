import { afterEach, describe, expect, it } from 'vitest';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice, pagedOfficer } from '#test/journeys/messages.ts';
import { openOffice } from '#test/journeys/office.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

const wearer = { path: { wearerId: 'w-1' } };
const decisionAt = { wearerId: 'w-1', decisionId: 'd-1' };
const LETTER = 'v1/wearers/{wearerId}/decisions/{decisionId}/letter';
const DECISION = 'v1/wearers/{wearerId}/decisions/{decisionId}';

/** One late return is enough for this agency. */
const open = async (): Promise<void> => {
  office = await openOffice();
  await asked(office, 'PUT /v1/threshold-policies/{thresholdPolicyId}', {
    path: { thresholdPolicyId: 'strict' },
    body: {
      ...{ legalBasis: 'the agency', thresholds: {} },
      casework: { proposals: { lateReturns: 1 } },
    },
  });
  const order = 'v1/wearers/{wearerId}/orders/{orderId}';
  const path = { wearerId: 'w-1', orderId: 'o-1' };
  const { document } = await asked(office, `GET /${order}`, { path });
  const body = { ...document, thresholdPolicyId: 'strict' };
  await asked(office, `PUT /${order}`, { path, body });
};

const proposals = () => asked(office, 'GET /v1/wearers/{wearerId}/proposals', wearer);

describe('what the system proposes', () => {
  it('rests on what is on record, goes by the agency, and is answered by a decision', async () => {
    await open();
    expect(await proposals()).toMatchObject({ proposals: [], warnings: 0, heldBack: null });
    await pagedOfficer(office);
    const [alert] = await alertsOf(office, 'open');
    expect(await proposals()).toMatchObject({
      ...{ orderId: 'o-1', level: 'standard', goesBy: { lateReturns: 1 } },
      proposals: [
        {
          kind: 'first-warning',
          grounds: [{ words: 'first late return in 14 days', violationIds: [alert.alertId] }],
        },
      ],
    });
    await asked(office, `PUT /${DECISION}`, {
      path: decisionAt,
      body: {
        ...{ kind: 'first-warning', orderId: 'o-1', by: 'officer', reason: 'spoken to' },
        considered: [{ kind: 'violation', id: alert.alertId }],
        letter: { expected: 'Be in time.', howToAnswer: 'Call us.' },
      },
    });
    expect(await proposals()).toMatchObject({ proposals: [], warnings: 1 });
  });

  it('is nothing of somebody without an order', async () => {
    office = await openOffice();
    await asked(office, 'PUT /v1/wearers/{wearerId}', {
      ...{ path: { wearerId: 'w-2' }, body: { name: 'Nobody Yet' } },
    });
    const response = await office.ask('GET /v1/wearers/{wearerId}/proposals', {
      ...{ who: ADMINISTRATOR, path: { wearerId: 'w-2' } },
    });
    expect([response.statusCode, JSON.parse(response.body).code]).toEqual([404, 'no-order']);
  });
});

describe('the letter of a warning', () => {
  const decide = async (kind: string): Promise<void> => {
    office = await openOffice();
    await pagedOfficer(office);
    const [alert] = await alertsOf(office, 'open');
    await asked(office, `PUT /${DECISION}`, {
      path: decisionAt,
      body: {
        ...{ kind, orderId: 'o-1', by: 'officer', reason: 'spoken to' },
        considered: [{ kind: 'violation', id: alert.alertId }],
        closes: [{ alertId: alert.alertId, epoch: alert.epoch }],
        letter: { expected: 'Be in time.', howToAnswer: 'Call us.' },
      },
    });
  };
  const ask = (method: string, body?: object) =>
    office.ask(`${method} /${LETTER}`, { who: ADMINISTRATOR, path: decisionAt, ...{ body } });
  const entries = (): unknown[] =>
    office.itemsOf('record').flatMap(({ type }) => (type?.S?.startsWith('letter') ? type.S : []));

  it('is a page to print, and who did so is on record', async () => {
    await decide('second-warning');
    const page = await ask('GET');
    expect([page.statusCode, page.headers['content-type']]).toEqual([
      ...[200, 'text/html; charset=utf-8'],
    ]);
    expect(page.body).toContain('Josephine Bloggs');
    expect(page.body).toContain('not home at curfew start');
    expect((await ask('POST', { personId: 'officer', act: 'sent' })).statusCode).toBe(200);
    expect(entries()).toEqual(['letter-sent']);
    const { document } = await asked(office, `GET /${DECISION}`, { path: decisionAt });
    expect(document.letters).toMatchObject([{ by: 'officer', act: 'sent' }]);
    expect((await ask('POST', { personId: 'nobody', act: 'sent' })).statusCode).toBe(422);
  });

  it('is sent no more when its decision was withdrawn', async () => {
    await decide('first-warning');
    await asked(office, `POST /${DECISION}/withdraw`, {
      ...{ path: decisionAt, body: { personId: 'officer', reason: 'mistaken' } },
    });
    office.takeSent();
    expect((await ask('GET')).body).toContain('not to be sent');
    const sent = await ask('POST', { personId: 'officer', act: 'sent' });
    expect([sent.statusCode, JSON.parse(sent.body).code]).toEqual([409, 'withdrawn-already']);
  });

  it('is none of a breach', async () => {
    await decide('breach-initiated');
    const codes = (
      await Promise.all([ask('GET'), ask('POST', { personId: 'officer', act: 'sent' })])
    ).map(({ body }) => JSON.parse(body).code);
    expect(codes).toEqual(['no-letter', 'no-letter']);
    office.takeSent();
  });
});
