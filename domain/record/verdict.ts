import type { LineOf } from './export-line.ts';
import type { Problem } from './problem.ts';

/** The last anchor that holds the chain. */
export type Held = Readonly<{ number: number; position: number; untilAt: string; keyId: string }>;

/** What came of an export, when its last line has been read. */
export type Verdict = Readonly<{
  /** Null: the file does not say. */
  chain: string | null;
  /** How many entries it holds, sealed or erased; and those that are not in the chain yet. */
  entries: number;
  erased: number;
  unsealed: number;
  anchors: number;
  /** Null: no anchor holds the chain, or not as it stands here. */
  held: Held | null;
  /** How much is wrong; 0: the export is intact. */
  problems: number;
  /** What is wrong with the first entry that is not as it was sealed. */
  first: Problem | null;
}>;

/** Of two, the one about the earlier entry; of one entry, what was found first. */
export const earlier = (a: Problem | null, b: Problem): Problem =>
  a === null || b.position < a.position ? b : a;

export const heldBy = ({ signed: { anchor }, anchored }: LineOf<'anchor'>): Held => ({
  ...{ number: anchor.number, position: anchored.position },
  ...{ untilAt: anchor.untilAt, keyId: anchor.keyId },
});

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

const provenBy = ({ entries, held }: Verdict): string[] => {
  if (held === null) {
    return ['No anchor holds this chain: that whoever keeps it has made it anew is not ruled out.'];
  }
  const { position, number, untilAt, keyId } = held;
  const left = entries - position;
  return [
    `Entries 1 to ${position} stand as they were anchored by ${untilAt} (anchor ${number}).`,
    ...(left > 0
      ? [`${counted(left, 'entry', 'entries')} after that: linked, and not anchored yet.`]
      : []),
    `Anchors are signed with the key ${keyId}.`,
  ];
};

/** What an intact export shows, and what it does not; a sentence a line. */
export const whatIsProven = (verdict: Verdict, isKeyKnown: boolean): string[] => {
  const { entries, erased, unsealed } = verdict;
  return [
    ...provenBy(verdict),
    ...(erased > 0
      ? [
          `${counted(erased, 'entry was', 'entries were')} erased, by an entry of this chain that says why.`,
        ]
      : []),
    'Not proven:',
    ...(verdict.held === null || isKeyKnown
      ? []
      : ['- that this is the key of the agency: compare it with --public-key']),
    ...(unsealed > 0
      ? [
          `- ${counted(unsealed, 'entry that was', 'entries that were')} not in the chain yet when this was exported`,
        ]
      : []),
    `- that nothing followed position ${entries}: a newer export would show it`,
    '- that what was put on record was true when it was put there',
  ];
};
