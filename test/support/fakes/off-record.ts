import { TEST_WEARER } from '#domain/model/test-wearer.ts';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import type { Change } from '#local/simulate/dynamodb/table.ts';

const VERSION = /^VERSION#(?<name>.+)#(?<version>\d+)$/;

/** What nobody put: it follows from what happens, and is learned or counted anew. */
const OF_NOBODY = [/^LEARNED$/, /^CONTACTS$/];

/** The canary's own is of no person: it has no case, and no record that anybody asks for. */
const isOfCanary = ({ pk }: Item): boolean => pk?.S?.split('#')[2] === TEST_WEARER;

const bodyOf = (item: Item): Readonly<Record<string, unknown>> =>
  Object(JSON.parse(item.body?.S ?? '{}'));

/** What has entries in words of its own, which say all that it says. */
const IN_OWN_WORDS: Readonly<Record<string, RegExp>> = {
  WELFARE: /^concern-raised$/,
  RETENTION_HOLD: /^hold-(put|released)$/,
};

/** An entry names the version with its digest, or holds the whole of it. */
const isEntryOf = (
  entry: Item,
  { name, version, body }: Readonly<{ name: string; version: number; body: string }>,
): boolean => {
  const said = bodyOf(entry);
  if (IN_OWN_WORDS[name.split('#')[0] ?? '']?.test(entry.type?.S ?? '')) return true;
  if (said.version !== version) return false;
  return entry.type?.S === 'document-put'
    ? said.name === name
    : JSON.stringify(said.document) === JSON.stringify(JSON.parse(body));
};

/** Versions of documents that one transaction puts without an entry of the record, by name. */
export const offRecord = (changes: readonly Change[]): string[] => {
  const put = changes.flatMap(({ table, before, after }) =>
    before === undefined && after !== undefined ? [{ table, after }] : [],
  );
  const entries = put.filter(({ table }) => table === 'record').map(({ after }) => after);
  return put
    .filter(({ table, after }) => table === 'monitoring' && !isOfCanary(after))
    .flatMap(({ after }) => {
      const { name, version } = VERSION.exec(after.sk?.S ?? '')?.groups ?? {};
      if (name === undefined || OF_NOBODY.some((kind) => kind.test(name))) return [];
      const wanted = { name, version: Number(version), body: after.body?.S ?? '{}' };
      return entries.some((entry) => isEntryOf(entry, wanted)) ? [] : [`${after.pk?.S} ${name}`];
    });
};
