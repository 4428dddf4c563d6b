import { describe, expect, it } from 'vitest';
import { heldSchema } from '#domain/model/alert.ts';
import { acknowledge, close, later, OFFICER, T, violationChanges } from '#test/support/alerts.ts';
import { idOf, opens, worldOfAlerts } from './alerts-in-tables.ts';

const ROUTE = 'GET /v1/ageing';

describe('what is left lying', () => {
  it('is listed the oldest first, with its age and who has it in hand', async () => {
    const world = worldOfAlerts();
    await world.act(
      opens('new', 900),
      opens('old', 0),
      opens('taken', 300),
      { command: acknowledge('officer'), at: later(310), alertId: idOf('taken') },
      opens('closed', 100),
      { command: close('officer', 1), at: later(200), alertId: idOf('closed') },
    );
    world.clock.now = later(1_000);
    const { json } = await world.ask(ROUTE);
    expect(json.alerts).toMatchObject([
      { alertId: idOf('old'), ageSeconds: 1_000, status: 'open', holders: [] },
      {
        ...{ alertId: idOf('taken'), ageSeconds: 700, status: 'acknowledged' },
        holders: [{ by: OFFICER, at: '2026-03-02T20:05:10.000Z' }],
      },
      { alertId: idOf('new'), ageSeconds: 100 },
    ]);
    expect(json.mayBeMore).toBe(false);
  });

  it('holds what is over by the data until a person has reviewed it', async () => {
    const world = worldOfAlerts();
    const over = violationChanges({ violationId: 'w-1.curfew.one', status: 'withdrawn' });
    await world.act(opens('one', 0, { isReviewed: true }), {
      ...{ command: over, at: later(60), alertId: idOf('one') },
    });
    const { json } = await world.ask(ROUTE);
    expect(json.alerts).toMatchObject([
      { status: 'open', isOver: true, clearedAt: '2026-03-02T20:01:00.000Z', track: 'review' },
    ]);
  });

  it('says why nobody is told of it yet, and until when at most', async () => {
    const world = worldOfAlerts();
    const held = heldSchema.parse({
      ...{ why: 'feed-late', headEndId: 'trial', heardAt: T, untilAt: later(3_600) },
      ...{ everySeconds: 900, backAt: null },
    });
    await world.act(opens('held', 0, { hold: { held, nextStepAt: later(900) } }));
    const { json } = await world.ask(ROUTE);
    expect(json.alerts[0].held).toEqual({
      ...{ why: 'feed-late', headEndId: 'trial', heardAt: '2026-03-02T20:00:00.000Z' },
      ...{ untilAt: '2026-03-02T21:00:00.000Z', backAt: null },
    });
  });

  it('holds no alert that was raised as a test', async () => {
    const world = worldOfAlerts();
    await world.act(opens('test', 0, { isTest: true }));
    expect((await world.ask(ROUTE)).json.alerts).toEqual([]);
  });
});
