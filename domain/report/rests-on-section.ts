import type { Section } from './document.ts';
import { numbers, paragraph, section, tableOf, words } from './pieces.ts';
import type { Sealing, WearerFacts } from './wearer-facts.ts';

const HOW = [
  'Each hash is SHA-256 over what was read for this report, in order, as canonical JSON (RFC 8785), one line each.',
  'Whoever exports the record and the trail of the same period as they were known at the same instant finds the same.',
].join(' ');

/** An entry is sealed within a minute, so a younger one is not counted. */
const sealedWords = (sealing: Sealing | null): string => {
  if (sealing === null) return 'Whether the entries of the record are sealed was not looked up';
  const { entries, unsealed } = sealing;
  return entries === 0
    ? 'No entry of the record of this period was a minute old yet, which is how long sealing may take'
    : `${entries - unsealed} of the ${entries} entries of the record of this period that were a minute old are sealed in its chain`;
};

/** What the report was made of, so that anybody can see whether two were made of the same. */
export const restsOnSection = ({ inputs, people, asked, sealing }: WearerFacts): Section => {
  const sealed = sealedWords(sealing);
  return section('What this report rests on', [
    paragraph(HOW),
    tableOf('Inputs', {
      columns: [words('What', 2), numbers('How many', 1), words('SHA-256', 5)],
      rows: inputs.map(({ what, count, sha256 }) => [what, String(count), sha256]),
      whenEmpty: 'Nothing was read.',
    }),
    paragraph([
      ...[sealed, ', as was known at ', { at: asked.askedAt }],
      '. Entries of the last minute before that are not counted: an entry is sealed within one.',
    ]),
    tableOf('People who are named by their ids', {
      columns: [words('Id', 2), words('Name', 3), words('Role', 2)],
      rows: people.map(({ personId, name, role }) => [personId, name, role]),
      whenEmpty: 'Nobody is.',
    }),
  ]);
};
