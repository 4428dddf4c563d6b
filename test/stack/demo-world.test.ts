import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '#local/cloud/clock/clock.ts';
import { type Cloud, startCloud } from '#local/cloud/cloud.ts';
import {
  checkMessages,
  eventsIn,
  inEveryFormat,
  sentToFeeds,
} from '#local/contract/feed-checks.ts';
import { compareOutcomes } from '#local/replay/compare-outcomes.ts';
import { type LivedWorld, liveWorld } from '#local/replay/live-world.ts';
import { safeRegionShare } from '#local/start/measures.ts';
import { DEMO_CONTEXT } from '#local/worlds/demo/context.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { DEMO_EXPECTED } from '#local/worlds/demo/expected.ts';
import { APP, assemblyOf } from './assemblies.ts';

/** Synthesis and a day take some three minutes on two free cores; here they share them. */
const LONGEST_MILLISECONDS = 600_000;

describe('given the demo world, lived through on the whole stack', () => {
  let cloud: Cloud;
  let lived: LivedWorld;

  beforeAll(async () => {
    const cloudAssembly = await assemblyOf(APP, DEMO_CONTEXT);
    const clock = createClock({ mode: 'replay', startAt: DEMO_WORLD.startsAt });
    cloud = await startCloud({ appDirectory: APP, cloudAssembly, clock });
    lived = await liveWorld({ cloud, world: DEMO_WORLD });
  }, LONGEST_MILLISECONDS);

  afterAll(() => cloud?.stop());

  it('brings exactly the expected alerts and pages, and no other message', () => {
    expect(compareOutcomes(DEMO_EXPECTED, lived.outcome)).toEqual([]);
  });

  it('sends recipients outside the agency only what others allow of each format', async () => {
    const sent = sentToFeeds(cloud.outbox.entries());
    expect(sent.length).toBeGreaterThan(0);
    const every = inEveryFormat(eventsIn(sent));
    const checked = [...(await checkMessages(sent)), ...(await checkMessages(every))];
    expect(checked.flatMap(({ by, problems }) => problems.map((one) => `${by}: ${one}`))).toEqual(
      [],
    );
  });

  it('takes every event, and folds every fix, those of two people for their pair, too', () => {
    const events = DEMO_WORLD.wearers.flatMap((wearer) => wearer.events);
    expect(lived.eventsSent).toBe(events.length);
    const { folded, safe } = safeRegionShare(cloud.functionLogs('Evaluate'));
    const fixes = events.filter(({ kind }) => kind === 'fix').length;
    expect(folded).toBeGreaterThanOrEqual(fixes);
    expect(folded).toBeLessThan(1.2 * fixes);
    expect(safe / folded).toBeGreaterThan(0.8);
  });

  it('logs no warning and no error, but of the one text that cannot be delivered', () => {
    const verbs = ['Ingest', 'Evaluate', 'Escalate', 'Notify', 'Sweep', 'Api', 'Authorize'];
    const lines = verbs.flatMap((verb) => cloud.functionLogs(verb));
    const wrong = lines.filter((line) => /"level":"(WARN|ERROR)"|Error:/.test(line));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain('page can never be sent');
  });
});
