import { afterEach, describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { alertsOf, asked } from '#test/journeys/desk.ts';
import { closeOffice, toldNow } from '#test/journeys/messages.ts';
import { minute, OFFICER, openOffice } from '#test/journeys/office.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ADMINISTRATOR } from '#test/support/http.ts';

const WEARER = '/v1/wearers/{wearerId}';
const DAY = 24 * 60;

let office: Pipeline;
afterEach(() => closeOffice(office));

const of = (more: object = {}) => ({ path: { wearerId: 'w-1', ...more } });
const refer = (decisionId: string, more: object = {}) =>
  asked(office, `PUT ${WEARER}/decisions/{decisionId}`, {
    ...of({ decisionId }),
    body: {
      ...{ kind: 'referral', orderId: 'o-1', by: 'officer', reason: 'asks for help' },
      ...{ service: 'debt advice', followUpAt: toIso(minute(DAY)), ...more },
    },
  });
const tasks = async (which = 'open') =>
  (await asked(office, `GET ${WEARER}/tasks`, { ...of(), query: { which } })).tasks;
const end = (taskId: string, reason: string) =>
  asked(office, `POST ${WEARER}/tasks/{taskId}/end`, {
    ...of({ taskId }),
    body: { personId: 'officer', reason },
  });

describe('a referral to a service', () => {
  it('is asked about when it says; where nobody has, the officer is told', async () => {
    office = await openOffice();
    await refer('d-1');
    expect(await tasks()).toMatchObject([
      { kind: 'referral-follow-up', about: 'd-1', dueAt: toIso(minute(DAY)) },
    ]);
    await office.advanceTo(minute(DAY - 1));
    expect(toldNow(office)).toEqual([]);
    await office.advanceTo(minute(DAY + 2));
    expect(toldNow(office)).toEqual([OFFICER]);
    expect(await alertsOf(office, 'open')).toMatchObject([{ track: 'review' }]);
    await office.advanceTo(minute(2 * DAY + 10));
    expect(toldNow(office)).toEqual([OFFICER]);
  });

  it('of somebody who does not go ends with that, and is made anew', async () => {
    office = await openOffice();
    await refer('d-1');
    await office.advanceTo(minute(DAY + 2));
    expect(toldNow(office)).toEqual([OFFICER]);
    const [{ taskId }] = await tasks();
    await end(taskId, 'did not want to go; another service is nearer');
    await office.advanceTo(minute(DAY + 10));
    expect(await alertsOf(office, 'open')).toEqual([]);
    expect(await refer('d-1')).toMatchObject({ changed: false });
    expect(await tasks()).toEqual([]);
    const { proposals } = await asked(office, `GET ${WEARER}/proposals`, of());
    expect(proposals).toEqual([]);
    await refer('d-2', { service: 'advice at the library', followUpAt: toIso(minute(3 * DAY)) });
    expect(await tasks()).toMatchObject([{ about: 'd-2', isOverdue: false }]);
    expect((await tasks('all')).map(({ ended }: { ended: object }) => ended)).toMatchObject([
      { by: 'officer', why: 'did not want to go; another service is nearer' },
      null,
    ]);
  });

  it('is not asked about before it is made', async () => {
    office = await openOffice();
    const response = await office.ask(`PUT ${WEARER}/decisions/{decisionId}`, {
      ...{ who: ADMINISTRATOR, ...of({ decisionId: 'd-1' }) },
      body: {
        ...{ kind: 'referral', orderId: 'o-1', by: 'officer', reason: 'asks for help' },
        ...{ service: 'debt advice', followUpAt: toIso(minute(-DAY)) },
      },
    });
    expect(JSON.parse(response.body).problems).toMatchObject([{ code: 'before-decided' }]);
    expect(await tasks('all')).toEqual([]);
  });

  it('that is taken back leaves nothing to be asked', async () => {
    office = await openOffice();
    await refer('d-1');
    await asked(office, `POST ${WEARER}/decisions/{decisionId}/withdraw`, {
      ...of({ decisionId: 'd-1' }),
      body: { personId: 'officer', reason: 'goes to another already' },
    });
    expect(await tasks()).toEqual([]);
    await office.advanceTo(minute(DAY + 10));
    expect(toldNow(office)).toEqual([]);
  });
});
