import type { CloudEvent } from '../../../examples/police-subscriber/wire.ts';

/** An event as far as the subscriber looks at it. */
export const anEvent = (incident: string, sequence: number): CloudEvent => ({
  specversion: '1.0',
  id: `${incident}.${sequence}`,
  source: 'urn:homeward:northshire',
  type: 'homeward.alert.updated.v1',
  subject: incident,
  sequence: String(sequence).padStart(6, '0'),
  data: {
    properties: { status: 'Exercise', recipient: 'west-yorkshire', headline: `Event ${sequence}` },
  },
});

/** So many events of so many incidents, by turns, as a feed has them. */
export const feedOf = (incidents: number, each: number): CloudEvent[] =>
  Array.from({ length: each }, (_, i) =>
    Array.from({ length: incidents }, (__, n) => anEvent(`incident-${n}`, i + 1)),
  ).flat();
