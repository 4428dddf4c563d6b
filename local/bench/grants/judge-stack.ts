import type { Place } from '#local/cloud/place.ts';
import type { Template } from '#local/cloud/template/template.ts';
import { type JudgedGrant, type JudgedStack, judgeGrants } from '#local/iam/judge-grants.ts';
import { readRecordedCalls } from './recorded-calls.ts';
import { seldomAsked } from './seldom-asked.ts';

/** Judges each grant by what the functions asked for in a run, and what they seldom ask for. */
export const judgeStack = (template: Template, place: Place): Promise<JudgedStack> =>
  judgeGrants(template, place, (rights) => [...readRecordedCalls(), ...seldomAsked(rights)]);

const shorten = (text: string): string =>
  text.replaceAll(/arn:aws:([a-z0-9-]+):[a-z0-9-]*:\d*:/g, '$1:');

/** One line of the list: the grant, and a call that is denied without it. */
export const grantLine = ({ grant, deniedWithout }: JudgedGrant, number: number): string => {
  const [first, ...others] = deniedWithout;
  const head = `${String(number).padStart(3)}  ${shorten(grant.text)}`;
  if (first === undefined) return `${head}\n       no call needs it`;
  const { asker, need } = first;
  const who = asker.kind === 'role' ? asker.session : `${asker.name} for ${asker.sourceArn}`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${head}\n       without it: ${shorten(`${who} is denied ${need.action} on ${need.resource}`)}${more}`;
};
