import { eventIdOf, incidentIdSchema, liaisonEventSchema } from '#domain/liaison/event.ts';

const incidentId = incidentIdSchema.parse('k3v7q2mzj5x4wd6hbtyr2nae3c');

const opening = {
  schema: 'homeward.liaison-event.1',
  recipient: 'west-yorkshire',
  agency: 'northshire',
  incidentId,
  follows: null,
  status: 'Exercise',
  class: 'exclusion-zone',
  severity: 'severe',
};

/** To a police force that may have nearly everything. */
export const raisedExample = liaisonEventSchema.parse({
  ...opening,
  eventId: eventIdOf(incidentId, 1),
  sequence: 1,
  replaces: null,
  replacesIssuedAt: null,
  type: 'raised',
  issuedAt: '2026-11-21T18:42:07.000Z',
  expiresAt: '2026-11-22T18:42:07.000Z',
  headline:
    'EXERCISE URGENT, high risk, MAPPA 2. wearer nw-20417 inside exclusion zone: Hyde Park since Sat 21 Nov 18:35. Power of arrest yes',
  wearerRef: 'nw-20417',
  risk: { level: 'high', mappa: { level: 2, category: 2 } },
  order: {
    type: 'post-release',
    legalBasis: 'Criminal Justice Act 2003 s.250',
    endsAt: '2027-03-01T00:00:00.000Z',
  },
  power: { arrest: 'yes', endsAt: '2027-03-01T00:00:00.000Z' },
  finding: {
    reason: 'inside-zone',
    what: 'inside exclusion zone',
    since: '2026-11-21T18:35:00.000Z',
    sinceLocal: 'Sat 21 Nov 18:35',
    detectedAt: '2026-11-21T18:42:00.000Z',
    endedAt: null,
    certainty: 0.97,
    confirmed: true,
  },
  place: { name: 'Hyde Park' },
  area: {
    type: 'Polygon',
    coordinates: [
      [
        ...([
          [-1.5709, 53.8095],
          [-1.5651, 53.8101],
          [-1.5658, 53.8128],
        ] as const),
        ...([
          [-1.5702, 53.8131],
          [-1.5709, 53.8095],
        ] as const),
      ],
    ],
  },
  position: {
    lat: 53.8112,
    lon: -1.5682,
    accuracyMetres: 12,
    source: 'gnss',
    recordedAt: '2026-11-21T18:41:30.000Z',
    osgb: { eastingMetres: 428_532, northingMetres: 435_047, errorMetres: 6 },
  },
  reference: 'YP/4411/NS',
  contactBack: { name: 'Northshire monitoring desk', phone: '+441134960123' },
});

/** To a recipient that may know next to nothing: that there was something, and that it is over. */
export const closedExample = liaisonEventSchema.parse({
  ...opening,
  eventId: eventIdOf(incidentId, 2),
  sequence: 2,
  replaces: eventIdOf(incidentId, 1),
  replacesIssuedAt: '2026-11-21T18:42:07.000Z',
  type: 'closed',
  issuedAt: '2026-11-21T19:20:44.000Z',
  expiresAt: '2026-11-22T19:20:44.000Z',
  headline: 'EXERCISE CLOSED. exclusion-zone',
  outcome: { disposition: 'first-warning', why: 'Left when called; first warning given.' },
});
