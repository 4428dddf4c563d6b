import type { AnchoredAt } from './course.ts';
import type { LineOf } from './export-line.ts';
import type { ChainEnd } from './link.ts';
import type { NamedDocument } from './named-document.ts';
import type { Problem } from './problem.ts';

/** The last anchor that holds the chain. */
export type Held = Readonly<{ number: number; position: number; untilAt: string; keyId: string }>;

/** A version of a document that the chain names. */
export type ProvenDocument = NamedDocument &
  Readonly<{
    /** Of the entry that put it on record. */
    position: number;
    /** Whether its text stands in the file, and is the one that was put on record. */
    isShown: boolean;
    /** The first anchor that holds that entry; null: none does. */
    anchoredBy: Readonly<{ number: number; untilAt: string }> | null;
  }>;

/** What came of a chain of an export, when its last line has been read. */
export type Verdict = Readonly<{
  /** Null: the file does not say. */
  chain: string | null;
  /** How many entries it holds, sealed or erased; and those that are not in the chain yet. */
  entries: number;
  erased: number;
  unsealed: number;
  anchors: number;
  /** Where it ends here. */
  end: Readonly<Pick<ChainEnd, 'position' | 'hash'>>;
  documents: readonly ProvenDocument[];
  /** Null: no anchor holds the chain, or not as it stands here. */
  held: Held | null;
  /** How much is wrong; 0: the export is intact. */
  problems: number;
  /** What is wrong with the first entry that is not as it was sealed. */
  first: Problem | null;
}>;

/**
 * `intact`: nothing is wrong, and an anchor under the known key holds the chain. `consistent`:
 * nothing is wrong, and whoever keeps the chain could have made it anew all the same, since no
 * anchor holds it or nobody knows whose the key is.
 */
export type Standing = 'intact' | 'consistent' | 'not-intact';

export const standingOf = ({ problems, held }: Verdict, isKeyKnown: boolean): Standing => {
  if (problems > 0) return 'not-intact';
  return held === null || !isKeyKnown ? 'consistent' : 'intact';
};

/** The first anchor that holds a position of the chain. */
export const firstAnchorOf = (
  anchored: ReadonlyMap<number, readonly AnchoredAt[]>,
  position: number,
): ProvenDocument['anchoredBy'] => {
  const holding = [...anchored].flatMap(([until, anchors]) => (until < position ? [] : anchors));
  const first = holding.toSorted((a, b) => a.number - b.number)[0];
  return first === undefined ? null : { number: first.number, untilAt: first.untilAt };
};

/** Of two, the one about the earlier entry; of one entry, what was found first. */
export const earlier = (a: Problem | null, b: Problem): Problem =>
  a === null || b.position < a.position ? b : a;

export const heldBy = ({ signed: { anchor }, anchored }: LineOf<'anchor'>): Held => ({
  ...{ number: anchor.number, position: anchored.position },
  ...{ untilAt: anchor.untilAt, keyId: anchor.keyId },
});

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

const documentsBy = ({ documents }: Verdict): string[] => {
  if (documents.length === 0) return [];
  const shown = documents.filter(({ isShown }) => isShown).length;
  return [
    `It names ${counted(documents.length, 'version', 'versions')} of documents; the text of ${shown} is here, as it was put on record.`,
  ];
};

const provenBy = ({ entries, held }: Verdict): string[] => {
  if (held === null) {
    if (entries === 0) return ['Nothing of this chain was sealed.'];
    return ['No anchor holds this chain: that whoever keeps it has made it anew is not ruled out.'];
  }
  const { position, number, untilAt, keyId } = held;
  const left = entries - position;
  return [
    `Entries 1 to ${position} stand as they were anchored by ${untilAt} (anchor ${number}).`,
    ...(left > 0
      ? [
          `${counted(left, 'entry', 'entries')} after that: consistent, and not anchored yet. An anchor is made each hour.`,
        ]
      : []),
    `Anchors are signed with the key ${keyId}.`,
  ];
};

/** What an intact export shows, and what it does not; a sentence a line. */
export const whatIsProven = (verdict: Verdict, isKeyKnown: boolean): string[] => {
  const { entries, erased, unsealed, end } = verdict;
  return [
    ...provenBy(verdict),
    ...documentsBy(verdict),
    ...(erased > 0
      ? [
          `${counted(erased, 'entry was', 'entries were')} erased, by an entry of this chain that says why.`,
        ]
      : []),
    `It ends at position ${entries} with the hash ${end.hash}: noted now, it shows later that nothing up to there was changed (--end).`,
    'Not proven:',
    ...(verdict.held === null || isKeyKnown
      ? []
      : [
          '- that this is the key of the agency, and so that not all of this was made up: name the key with --key or --public-key',
        ]),
    ...(unsealed > 0
      ? [
          `- ${counted(unsealed, 'entry that was', 'entries that were')} not in the chain yet when this was exported`,
        ]
      : []),
    `- that nothing followed position ${entries}, when this was handed over: a newer export would show it`,
    '- that what was put on record was true when it was put there',
  ];
};
