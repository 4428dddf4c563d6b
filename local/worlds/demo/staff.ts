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

export const ROTA: RotaBody = {
  rotaId: 'on-call',
  name: 'On-call officers',
  shifts: [
    {
      personId: 'on-call-evening',
      startsAt: '2026-10-24T12:00:00Z',
      endsAt: '2026-10-24T22:00:00Z',
    },
    {
      personId: 'on-call-night',
      startsAt: '2026-10-24T22:00:00Z',
      endsAt: '2026-10-25T12:00:00Z',
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
