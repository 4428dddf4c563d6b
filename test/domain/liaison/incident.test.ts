import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { incidentMessageSchema, incidentOf } from '#domain/liaison/incident.ts';
import { disclosedEvents, liaisonEvents } from '#test/support/liaison-events.ts';

const wanted = { isAckWanted: true };
const [first] = fc.sample(liaisonEvents, { numRuns: 1, seed: 6 });
if (first === undefined) throw new Error('no event was made');

describe('given an event of a liaison', () => {
  it('is rendered as what its schema says, whatever of it is disclosed', () => {
    fc.assert(
      fc.property(disclosedEvents, fc.boolean(), (event, isAckWanted) => {
        const message = incidentOf(event, { isAckWanted });
        const sent: unknown = JSON.parse(JSON.stringify(message));
        expect(incidentMessageSchema.parse(sent)).toEqual(sent);
        expect(message.ackWanted).toBe(isAckWanted ? 'all' : 'none');
      }),
    );
  });

  it('says nothing that is withheld, under whichever name', () => {
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        const message = incidentOf(event, wanted);
        const isHeld = (part: keyof typeof event) => event[part] === undefined;
        if (isHeld('finding')) expect(message.finding).toBe(undefined);
        if (isHeld('reference')) expect(message.reference).toBe(undefined);
        if (isHeld('contactBack')) expect(message.contactBack).toBe(undefined);
        if (isHeld('wearerRef')) expect(message.person?.ref).toBe(undefined);
        if (isHeld('person')) expect(message.person?.name).toBe(undefined);
        if (isHeld('risk')) expect(message.person?.riskLevel).toBe(undefined);
        if (isHeld('order')) expect(message.legal?.legalBasis).toBe(undefined);
        if (isHeld('power')) expect(message.legal?.powerOfArrest).toBe(undefined);
        if (isHeld('place')) expect(message.missionLocation?.text).toBe(undefined);
        if (isHeld('position')) expect(message.missionLocation?.wgs84).toBe(undefined);
        if (isHeld('outcome')) expect(message).not.toHaveProperty('outcome');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['raised', 'create'],
    ['updated', 'update'],
    ['closed', 'close'],
    ['cancelled', 'cancel'],
  ] as const)('what is %s is a message to %s', (type, messageType) => {
    expect(incidentOf({ ...first, type }, wanted)).toMatchObject({ messageType });
  });

  it('carries the id of the event, and whatever it replaces', () => {
    const event = { ...first, issuedAt: '2026-03-02T20:00:00.000Z' };
    const message = incidentOf({ ...event, expiresAt: '2026-03-02T21:00:00.000Z' }, wanted);
    expect(message).toMatchObject({
      ...{ messageId: first.eventId, replaces: first.replaces, ttlSeconds: 3_600 },
      ...{ incidentId: first.incidentId, sequence: first.sequence },
    });
  });

  it('puts the gravest first', () => {
    const priorities = (['extreme', 'severe', 'moderate'] as const).map(
      (severity) => incidentOf({ ...first, severity }, wanted).priority,
    );
    expect(priorities).toEqual([1, 2, 3]);
  });
});

describe('the example of the schema', () => {
  it('is one', () => {
    const examples = z.array(z.unknown()).parse(incidentMessageSchema.meta()?.examples);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(incidentMessageSchema.parse(example)).toEqual(example);
  });
});
