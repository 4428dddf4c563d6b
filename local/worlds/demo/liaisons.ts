import type { LiaisonBody } from '../world.ts';

/** Whom the demo's orders name outside the agency: a police force, which is told what it needs. */
export const LIAISONS: readonly LiaisonBody[] = [
  {
    liaisonId: 'metropolitan',
    kind: 'police',
    name: 'Metropolitan Police, control room',
    classes: ['exclusion-zone', 'victim-proximity', 'curfew'],
    fields: [
      ...(['wearerRef', 'person', 'risk', 'order', 'power', 'finding', 'place'] as const),
      ...(['position', 'reference', 'contactBack', 'outcome'] as const),
    ],
    legalBasis: 'Data Protection Act 2018, Part 3, section 35',
    purpose: 'Response to breaches of the conditions of an order',
    referencePicture: 'EM/99999/AA',
    contactBack: { name: 'Monitoring centre, duty desk', phone: '+442079460100' },
    falseCallBudget: 2,
  },
];
