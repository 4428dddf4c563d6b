import { describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config.ts';
import { postingTo } from '#local/start/post-to.ts';

describe('given liaisons that listen on this machine', () => {
  it('subscribes them to exercises, at hosts that stand for their ports', () => {
    const { context, httpsHosts } = postingTo({ metropolitan: 9000, 'victim-care': 9001 });
    const given: Record<string, unknown> = {
      ...{ ...context, partners: 'victim-care', dutyManagerEmail: 'duty@kent.gov.uk' },
    };
    const { exerciseSubscriptions, traffic } = parseConfig((key) => given[key]);
    const ports = Object.entries(exerciseSubscriptions).map(([liaison, url]) => [
      liaison,
      httpsHosts[new URL(url).hostname]?.port,
    ]);
    expect(Object.fromEntries(ports)).toEqual({ metropolitan: 9000, 'victim-care': 9001 });
    expect(traffic).toBe('exercise');
  });

  it('changes nothing where nobody listens', () => {
    expect(postingTo({})).toEqual({ context: {}, httpsHosts: {} });
  });
});
