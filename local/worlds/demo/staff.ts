import type { PersonBody, PolicyBody, RotaBody } from '../world.ts';

/** Numbers and addresses that are set aside for fiction: Ofcom's +44 7700 900xxx, example.org. */
export const PEOPLE: readonly PersonBody[] = [
  {
    personId: 'officer-reid',
    name: 'Alice Reid',
    role: 'officer',
    mobile: '+447700900101',
    email: 'alice.reid@example.org',
  },
  {
    personId: 'officer-brandt',
    name: 'Jonas Brandt',
    role: 'officer',
    mobile: '+447700900102',
    email: 'jonas.brandt@example.org',
  },
  {
    personId: 'officer-hughes',
    name: 'Sian Hughes',
    role: 'officer',
    mobile: '+447700900106',
    email: 'sian.hughes@example.org',
  },
  {
    personId: 'on-call-evening',
    name: 'Maya Lindqvist',
    role: 'on-call-officer',
    mobile: '+447700900103',
  },
  {
    personId: 'on-call-night',
    name: 'Tomas Vesely',
    role: 'on-call-officer',
    mobile: '+447700900104',
  },
  {
    personId: 'duty-manager',
    name: 'Ruth Adeyemi',
    role: 'duty-manager',
    mobile: '+447700900105',
    email: 'ruth.adeyemi@example.org',
  },
];

/**
 * Two people in turns, by the clock in Munich: from midnight and from 14:00, also in the night in
 * which it is put back.
 */
export const ROTA: RotaBody = {
  rotaId: 'on-call',
  name: 'On-call officers',
  timeZone: 'Europe/Berlin',
  layers: [
    {
      layerId: 'turns',
      name: 'Night and evening',
      people: ['on-call-night', 'on-call-evening'],
      rotation: {
        kind: 'custom',
        everyDays: 1,
        handOvers: [
          { day: 0, time: '00:00' },
          { day: 0, time: '14:00' },
        ],
        startsOn: '2026-10-24',
      },
    },
  ],
  otherwise: 'duty-manager',
};

/**
 * The officer at once, and the police of what the order lets them hear of; after 5 minutes whoever
 * is on call; 15 minutes later the duty manager, until somebody takes the alert in hand.
 */
export const POLICY: PolicyBody = {
  policyId: 'usual',
  name: 'Officer and police, on-call officer, duty manager',
  steps: [
    { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }, { kind: 'police' }] },
    { delaySeconds: 300, targets: [{ kind: 'rota', rotaId: 'on-call' }] },
  ],
  repeat: 0,
  lastResort: { personIds: ['duty-manager'], everySeconds: 900 },
  acknowledgementSeconds: 43_200,
  secondPersonFor: [],
};
