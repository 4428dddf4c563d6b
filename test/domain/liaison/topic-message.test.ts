import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_ATTRIBUTES, topicAttributesOf } from '#domain/liaison/topic-message.ts';
import { feedFormatSchema } from '#domain/model/liaison.ts';
import { liaisonKindSchema } from '#domain/model/liaison-kind.ts';
import { disclosedEvents, liaisonEvents } from '#test/support/liaison-events.ts';

const liaisons = fc.record({
  kind: fc.constantFrom(...liaisonKindSchema.options),
  format: fc.constantFrom(...feedFormatSchema.options),
});

/** The envelope: what every recipient of an event is told. */
const ENVELOPE = ['recipient', 'class', 'severity', 'status', 'type'] as const;

describe("a topic message's attributes", () => {
  it('are never more than SNS passes on raw, and never empty', () => {
    fc.assert(
      fc.property(disclosedEvents, liaisons, (event, liaison) => {
        const attributes = topicAttributesOf(event, liaison);
        expect(Object.keys(attributes).length).toBeLessThanOrEqual(MOST_ATTRIBUTES);
        expect(Object.values(attributes)).not.toContain('');
        for (const name of Object.keys(attributes)) expect(name).toMatch(/^[a-z-]+$/);
      }),
    );
  });

  it('are the same whatever a policy withholds', () => {
    fc.assert(
      fc.property(liaisonEvents, liaisons, (event, liaison) => {
        const bare = ENVELOPE.map((name) => [name, event[name]]);
        const { 'content-type': _, force, sequence, ...rest } = topicAttributesOf(event, liaison);
        expect(rest).toEqual(Object.fromEntries(bare));
        expect(Number(sequence)).toBe(event.sequence);
        expect(force).toBe(liaison.kind === 'police' ? event.recipient : undefined);
      }),
    );
  });

  it.each([
    ['cloudevents', 'application/cloudevents+json'],
    ['cap', 'application/cap+xml'],
    ['incident', 'application/jose'],
  ] as const)('say what a body in %s is', (format, mediaType) => {
    fc.assert(
      fc.property(liaisonEvents, (event) => {
        const attributes = topicAttributesOf(event, { kind: 'court', format });
        expect(attributes['content-type']).toBe(mediaType);
      }),
      { numRuns: 5 },
    );
  });
});
