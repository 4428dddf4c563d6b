import { describe, expect, it } from 'vitest';
import { eventWords } from '#domain/response/event-words.ts';
import { later, opening, policy, T, tick, violationOpens } from '#test/support/alerts.ts';
import { given, type Step } from '#test/support/given-alert.ts';

const ONE_STEP = policy({
  steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
});
const OPENED: Step = { command: violationOpens({}, opening({ policy: ONE_STEP })), now: T };
const AGAIN: Step = { command: tick(1), now: later(900) };

describe('a step is told of in words', () => {
  it('with its round where it is told again, and the last resort without: it has none', () => {
    const { events } = given(OPENED).when(tick(1), later(900)).thenHappened('step-run');
    expect(events.map(eventWords)).toEqual([
      'step 1, round 2: officer by text message is to be told',
    ]);
    const last = given(OPENED, AGAIN).when(tick(2), later(1_800)).thenHappened('step-run');
    expect(last.events.map(eventWords)).toEqual([
      'the last resort: manager by text message is to be told',
    ]);
  });
});
