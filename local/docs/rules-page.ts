import * as z from 'zod';
import type { Rule } from '#domain/evaluate/rule.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { type RuleName, UNJUDGED } from '#domain/model/rule-name.ts';
import type { TestCount } from './count-tests.ts';

const HEAD = `# Rules

What is watched, and by which numbers. Written by \`npm run docs:rules\` from the rules themselves
(\`domain/evaluate/rules\`) and from the words of their reasons (\`domain/model/reasons.ts\`); a test fails
when it is not what they say.

A number is as the order sets it; where it sets none, as the agency's threshold policy does; where that sets
none, the usual one. Told as *alert*: somebody must take it in hand. As *warning*: the same, and nothing is
breached yet, so the police are not told. As *prompt*: the officer should know of it, and nothing is enforced. As *nudge*: the
wearer alone is told, while there is still time. Gravity 0 is a duty, 1 that somebody's safety may be at stake, 2 that it is.`;

/** What the page says of one rule. */
export type Described = Readonly<{ rule: Rule; counted: TestCount }>;

const boundsSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({ minimum: z.number().optional(), maximum: z.number().optional() }),
  ),
});

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

const thresholdsOf = ({ thresholds, usual, basis }: Rule): string => {
  const { properties } = boundsSchema.parse(z.toJSONSchema(thresholds, { io: 'input' }));
  const rows = Object.entries(properties).map(([name, { minimum, maximum }]) => {
    const bounds = [number(usual[name]), number(minimum), number(maximum)];
    return [`\`${name}\``, ...bounds, basis[name] ?? ''];
  });
  return rows.length === 0
    ? 'It goes by no number.'
    : table(['Threshold', 'Usual', 'Least', 'Most', 'Basis of the usual one'], rows);
};

const reasonsOf = (name: RuleName): string => {
  const rows = Object.entries(REASONS).flatMap(
    ([reason, { rule, happened, toDo, gravity, telling }]) =>
      rule === name ? [[`\`${reason}\``, happened, toDo, String(gravity), telling]] : [],
  );
  return rows.length === 0
    ? 'It finds nothing that anybody is told of.'
    : table(['Reason', 'A page says', 'What to do first', 'Gravity', 'Told as'], rows);
};

const kindsOf = ({ kinds }: Rule): string => kinds.map((kind) => `\`${kind}\``).join(', ');

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const testsOf = ({ tests, properties }: TestCount): string =>
  `${tests}, of which ${count(properties, 'property', 'properties')}`;

const sectionOf = ({ rule, counted }: Described): string => {
  const files = counted.files.map((f) => `[${f}](../test/domain/evaluate/rules/${f})`).join(', ');
  const of = rule.kinds.length === 1 ? 'condition' : 'conditions';
  const tests = counted.files.length === 0 ? 'none' : `${testsOf(counted)}: ${files}`;
  return [
    `## ${rule.name}`,
    `${rule.says} Of the ${of} ${kindsOf(rule)}. Tests: ${tests}.`,
    thresholdsOf(rule),
    reasonsOf(rule.name),
  ].join('\n\n');
};

const UNDONE = `## What is left undone

Found by no rule over data, but by what people and liaisons do, or do not.`;

/** The page of all rules, in Markdown, in the order in which they judge. */
export const rulesPage = (described: readonly Described[]): string => {
  const rows = described.map(({ rule, counted }) => [
    `[${rule.name}](#${rule.name})`,
    rule.says,
    kindsOf(rule),
    String(Object.values(REASONS).filter((reason) => reason.rule === rule.name).length),
    String(counted.tests),
  ]);
  const summary = table(['Rule', 'Watches that', 'Conditions', 'Reasons', 'Tests'], rows);
  const undone = [UNDONE, ...UNJUDGED.map(reasonsOf)];
  return `${[HEAD, summary, ...described.map(sectionOf), ...undone].join('\n\n')}\n`;
};
