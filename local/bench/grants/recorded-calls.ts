import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { awsCalls } from '#local/iam/aws-calls.ts';
import type { Asked, Rights } from '#local/iam/rights.ts';

const FILE = new URL('./recorded-calls.json', import.meta.url);

const askedSchema = z.strictObject({
  asker: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('role'), roleId: z.string(), session: z.string() }),
    z.strictObject({ kind: z.literal('service'), name: z.string(), sourceArn: z.string() }),
  ]),
  need: z
    .strictObject({
      action: z.string(),
      resource: z.string(),
      context: z.record(z.string(), z.string()).optional(),
    })
    .transform(({ context, ...need }) => (context === undefined ? need : { ...need, context })),
});

/** What the functions of the stack asked for in a run of the exercise. */
export const readRecordedCalls = (): Asked[] =>
  z.array(askedSchema).parse(JSON.parse(readFileSync(FILE, 'utf8')));

/** Schedules, contact topics and objects have names of their own: what all of a kind share. */
export const sharedPart = (resource: string): string =>
  resource.replace(/(schedule\/[^/]+\/|homeward-contact-[^-]+-|:::[^/]+\/[^/]+\/).*$/, '$1');

/** One call of each kind suffices. */
const kindOf = ({ asker, need }: Asked): string =>
  JSON.stringify([
    ...[asker, need.action, sharedPart(need.resource)],
    need.context?.['kms:ViaService'],
  ]);

const lineOf = (asked: Asked): string => JSON.stringify(asked);

/** Keeps what was asked for, but for what follows from the template alone. */
export const writeRecordedCalls = (rights: Rights): number => {
  const known = new Set(
    awsCalls(rights).flatMap(({ asker, needs }) => needs.map((need) => lineOf({ asker, need }))),
  );
  const byKind = new Map<string, Asked>();
  for (const asked of rights.asked()) {
    if (!known.has(lineOf(asked))) byKind.set(kindOf(asked), asked);
  }
  const sorted = [...byKind.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([, asked]) => `  ${lineOf(asked)}`);
  writeFileSync(FILE, `[\n${lines.join(',\n')}\n]\n`);
  return lines.length;
};
