import type { CloudOptions } from '../cloud/cloud.ts';

/** A name that is nobody's (RFC 2606), for what listens on this machine. */
const hostOf = (liaison: string): string => `${liaison}.example`;

/**
 * What a cloud is started with so that these liaisons are posted to, each at its port of this
 * machine. The demo's traffic is an exercise, and so are these subscriptions.
 */
export const postingTo = (
  ports: Readonly<Record<string, number>>,
): Required<Pick<CloudOptions, 'context' | 'httpsHosts'>> => {
  const liaisons = Object.entries(ports);
  const pairs = liaisons.map(([liaison]) => `${liaison}=https://${hostOf(liaison)}/`);
  return {
    context: pairs.length === 0 ? {} : { exerciseSubscriptions: pairs.join(',') },
    httpsHosts: Object.fromEntries(liaisons.map(([liaison, port]) => [hostOf(liaison), { port }])),
  };
};
