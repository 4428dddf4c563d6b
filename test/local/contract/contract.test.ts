import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudEventOf } from '#domain/liaison/cloud-event.ts';
import { incidentOf } from '#domain/liaison/incident.ts';
import { topicAttributesOf, topicAttributesSchema } from '#domain/liaison/topic-message.ts';
import { feedFormatSchema } from '#domain/model/liaison.ts';
import { liaisonKindSchema } from '#domain/model/liaison-kind.ts';
import { signingKeyFrom } from '#functions/adapters/feed-keys/signing-key.ts';
import { contractFiles } from '#local/contract/contract-files.ts';
import { publishedSchemaOf } from '#local/contract/json-schema.ts';
import { allMessages, examplesOf, MESSAGES } from '#local/contract/messages.ts';
import { publishedProblems } from '#local/contract/published-check.ts';
import {
  CONTRACTS,
  type Contract,
  changesBetween,
  compareVersions,
  contractOf,
  filesIn,
  lastReleased,
  untoldChanges,
} from '#local/contract/released.ts';
import { disclosedEvents } from '#test/support/liaison-events.ts';

const current = contractFiles();

describe('the contract', () => {
  it('stands in contracts/ as it is now: else run npm run contract', () => {
    const written = [...filesIn(CONTRACTS)].filter(
      ([path]) => !path.startsWith('released/') && path.endsWith('.json'),
    );
    expect(new Map(written)).toEqual(new Map(current));
  });
});

describe.each(allMessages().map((message) => [message.name, message] as const))(
  'the message %s',
  (_, message) => {
    it('says what it is, and has examples', () => {
      expect(message.schema.meta()?.title).toMatch(/\w/);
      expect(examplesOf(message).length).toBeGreaterThan(0);
    });

    it('reads its examples, by its own schema and by the published one', () => {
      const problemsOf = publishedProblems(message);
      for (const example of examplesOf(message)) {
        const sent = JSON.stringify(example);
        expect(message.schema.safeParse(JSON.parse(sent)).error).toBeUndefined();
        expect(problemsOf(sent)).toEqual([]);
      }
    });
  },
);

describe('the published schema', () => {
  it('of a cloud event takes every event that is sent, whatever is withheld', () => {
    const problemsOf = publishedProblems(MESSAGES.cloudEvent);
    fc.assert(
      fc.property(disclosedEvents, (event) => {
        expect(problemsOf(JSON.stringify(cloudEventOf(event)))).toEqual([]);
      }),
    );
  });

  it('of an incident takes every event that is transferred, whatever is withheld', () => {
    const problemsOf = publishedProblems(MESSAGES.incident);
    fc.assert(
      fc.property(disclosedEvents, fc.boolean(), (event, isAckWanted) => {
        expect(problemsOf(JSON.stringify(incidentOf(event, { isAckWanted })))).toEqual([]);
      }),
    );
  });

  it('of keys takes those that we sign with', () => {
    const keys = ['one', 'two'].map((secret) => signingKeyFrom(secret).publicJwk);
    expect(publishedProblems(MESSAGES.keys)(JSON.stringify({ keys }))).toEqual([]);
  });

  it("of a topic's attributes takes those of every event", () => {
    const problemsOf = publishedProblems({ schema: topicAttributesSchema });
    const kinds = fc.constantFrom(...liaisonKindSchema.options);
    const feedFormats = fc.constantFrom(...feedFormatSchema.options);
    fc.assert(
      fc.property(disclosedEvents, kinds, feedFormats, (event, kind, format) => {
        expect(problemsOf(JSON.stringify(topicAttributesOf(event, { kind, format })))).toEqual([]);
      }),
    );
  });
});

describe('the last released contract', () => {
  it('is still kept: whoever goes by it understands what is sent, and is understood', () => {
    const told = untoldChanges(lastReleased(), contractOf(current)).map(
      ({ path, what }) => `${path} ${what}`,
    );
    expect(
      told,
      'take it back, or raise CONTRACT_VERSION, tell recipients, and npm run contract -- --release',
    ).toEqual([]);
  });

  it('is not newer than this one', () => {
    const { version } = contractOf(current);
    expect(compareVersions(lastReleased().version, version)).toBeLessThanOrEqual(0);
  });

  it('stands in a folder of its version', () => {
    const { version } = lastReleased();
    const files = filesIn(join(CONTRACTS, 'released', version));
    expect(contractOf(files).version).toBe(version);
  });
});

describe('a change', () => {
  const released: Contract = {
    version: '1.4.2',
    schemas: new Map([
      ['sent/event', publishedSchemaOf(MESSAGES.cloudEvent.schema)],
      ['accepted/acks', publishedSchemaOf(MESSAGES.acks.schema)],
    ]),
    places: new Map([['channel acks', '/v1/feeds/{liaisonId}/acks']]),
  };
  const widened: Contract = {
    ...released,
    schemas: new Map([
      ...released.schemas,
      [
        'sent/event',
        {
          ...publishedSchemaOf(MESSAGES.cloudEvent.schema),
          properties: {
            ...publishedSchemaOf(MESSAGES.cloudEvent.schema).properties,
            severitytext: { type: 'string', enum: ['MODERATE', 'SEVERE', 'EXTREME', 'MILD'] },
          },
        },
      ],
    ]),
  };
  const moved: Contract = { ...released, places: new Map([['channel acks', '/v2/acks']]) };
  const less: Contract = {
    ...released,
    schemas: new Map([...released.schemas].filter(([name]) => name === 'sent/event')),
  };

  it.each([
    ['a new value of what is sent', widened, ['sent/event/severitytext']],
    ['another address', moved, ['channel acks']],
    ['a message that is gone', less, ['accepted/acks']],
    ['a place that is gone', { ...released, places: new Map() }, ['channel acks']],
    ['nothing', released, []],
  ] as const)('is found: %s', (_, now, paths) => {
    expect(changesBetween(released, now).map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    ['1.4.2', widened, 1],
    ['1.4.3', widened, 1],
    ['1.5.0', widened, 0],
    ['2.0.0', widened, 0],
    ['1.5.0', moved, 1],
    ['2.0.0', moved, 0],
    ['0.9.0', widened, 1],
  ] as const)('is told of, or not, by the version %s', (version, now, untold) => {
    expect(untoldChanges(released, { ...now, version })).toHaveLength(untold);
  });
});

describe('versions', () => {
  it('are compared by their numbers', () => {
    const versions = ['1.10.0', '1.9.3', '2.0.0', '1.9.12', '1.9.3'];
    expect(versions.sort(compareVersions)).toEqual(['1.9.3', '1.9.3', '1.9.12', '1.10.0', '2.0.0']);
  });
});
