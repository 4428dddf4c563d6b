import { behind, type Course, newCourse, tell } from './course.ts';
import { erasedBy } from './erasure.ts';
import {
  type ExportLine,
  exportLineSchema,
  LINE_KINDS,
  type LineKind,
  type LineOf,
  WITH_DOCUMENTS_SCHEMA,
} from './export-line.ts';
import { emptyChain } from './link.ts';
import { documentNamedBy, versionNameOf } from './named-document.ts';
import { plainJson } from './plain-json.ts';
import { firstAnchorOf, heldBy, type Verdict } from './verdict.ts';
import { anchorProblem, type Crypto } from './verify-anchor.ts';
import { takeDocument } from './verify-document.ts';
import { lookAtEntry } from './verify-entry.ts';
import { whyNoLine } from './why-no-line.ts';

/** What whoever verifies knows from elsewhere; null: they do not. */
export type Known = Readonly<{
  chain: string | null;
  keyId: string | null;
  /** Where the chain once ended, noted then; it may have gone on. */
  end?: Readonly<{ position: number; hash: string }> | null;
}>;

type Tools = Readonly<{ crypto: Crypto; known: Known }>;

const takeHead = (course: Course, head: LineOf<'head'>, { known: { chain } }: Tools): void => {
  course.head = head;
  course.before = { end: emptyChain(head.chain), name: null };
  if (chain === null || chain === head.chain) return;
  const message = `the file is of the chain ${head.chain}, and not of ${chain}`;
  tell(course, { code: 'another-chain', position: 0, name: null, message });
};

const takeAnchor = (course: Course, line: LineOf<'anchor'>, { crypto, known }: Tools): void => {
  const { head, anchor: before } = course;
  if (head === null) return;
  const found = anchorProblem(crypto, line, { ...head, before, keyId: known.keyId });
  tell(course, found);
  course.anchor = line;
  if (found !== null) return;
  const { position, number, hash } = line.anchored;
  if (position >= (course.furthest?.anchored.position ?? 0)) course.furthest = line;
  const others = course.anchored.get(position) ?? [];
  const { untilAt } = line.signed.anchor;
  course.anchored.set(position, [...others, { number, hash, untilAt }]);
};

const holdToAnchor = (course: Course, { position, name, hash }: LineOf<'entry'>): void => {
  const anchors = course.anchored.get(position) ?? [];
  const anchor = anchors.find((one) => one.hash !== hash);
  if (anchor === undefined) return;
  const message = `is not what anchor ${anchor.number} holds: it, or one before it that no earlier anchor holds, was made anew`;
  tell(course, { code: 'not-as-anchored', position, name, message });
};

const holdToNoted = (course: Course, line: LineOf<'entry'>, { end = null }: Known): void => {
  if (end === null || line.position !== end.position || line.hash === end.hash) return;
  const message = 'has another hash than was noted: it, or one before it, was made anew';
  tell(course, { code: 'not-as-noted', position: line.position, name: line.name, message });
};

const takeEntry = (course: Course, line: LineOf<'entry'>, { crypto, known }: Tools): void => {
  const { position, name, entry } = line;
  const { end, found, isAsSealed } = lookAtEntry(crypto.hash, course.before, line);
  tell(course, found);
  course.before = { end, name };
  holdToAnchor(course, line);
  holdToNoted(course, line, known);
  if (entry === null) {
    course.counts.erased += 1;
    course.gone.set(name, { position, line: course.line });
  } else if (isAsSealed) {
    for (const gone of erasedBy(entry)) course.gone.delete(gone);
    const named = documentNamedBy(entry);
    const at = { position, entryName: name, isShown: false };
    if (named !== null) course.named.set(versionNameOf(named), { ...named, ...at });
  }
};

const endChain = (course: Course, { sealed, last }: LineOf<'head'>): void => {
  const { end, name } = course.before;
  const { position } = end;
  if (position !== sealed) {
    const message = `the head says that ${sealed} are sealed, and the last here is ${position}`;
    const at = { position: Math.min(position, sealed) + 1, name: null };
    tell(course, { code: 'totals', ...at, message });
  } else if (end.hash !== last) {
    const message = 'is not the end of the chain that the head names';
    tell(course, { code: 'end-of-chain', position, name, message });
  }
};

const hasDocuments = ({ head }: Course): boolean => head?.schema === WITH_DOCUMENTS_SCHEMA;

const takeEnd = (course: Course, line: LineOf<'end'>): void => {
  const { anchor, entry, document, unsealed } = course.counts;
  const said = [line.anchors, line.entries, line.documents, line.unsealed];
  const found = [anchor, entry, hasDocuments(course) ? document : undefined, unsealed];
  if (said.every((count, i) => count === found[i])) return;
  const listed = (counts: typeof said) => counts.map((count) => count ?? 'no word').join(', ');
  const message = `of anchors, entries, documents and not sealed the last line counts ${listed(said)}; here are ${listed(found)}`;
  tell(course, { code: 'totals', ...behind(course), message });
};

const takeLine = (course: Course, line: ExportLine, tools: Tools): void => {
  course.counts[line.kind] += 1;
  course.stage = line.kind;
  if (line.kind === 'head') takeHead(course, line, tools);
  if (line.kind === 'anchor') takeAnchor(course, line, tools);
  if (line.kind === 'entry') takeEntry(course, line, tools);
  if (line.kind === 'document') takeDocument(course, line, tools.crypto.hash);
  if (line.kind === 'end') takeEnd(course, line);
};

const ORDER: readonly LineKind[] = LINE_KINDS;
const MANY: readonly LineKind[] = ['anchor', 'entry', 'document', 'unsealed'];

const mayFollow = (stage: LineKind | null, kind: LineKind): boolean =>
  stage === null
    ? kind === 'head'
    : ORDER.indexOf(kind) > ORDER.indexOf(stage) || (kind === stage && MANY.includes(kind));

const mayStand = (course: Course, kind: LineKind): boolean =>
  mayFollow(course.stage, kind) && (kind !== 'document' || hasDocuments(course));

/** What stands there, if it has a place. */
const readLine = (course: Course, text: string, tools: Tools): ExportLine | null => {
  course.line += 1;
  const line = exportLineSchema.safeParse(plainJson(text));
  if (!line.success) {
    tell(course, { code: 'not-a-line', ...behind(course), message: whyNoLine(text) });
    return null;
  }
  if (mayStand(course, line.data.kind)) {
    takeLine(course, line.data, tools);
    return line.data;
  }
  const message = `a line of the kind "${line.data.kind}" has no place here`;
  tell(course, { code: 'out-of-place', ...behind(course), message });
  return null;
};

const readEnd = (course: Course, { end = null }: Known): void => {
  if (course.head !== null) endChain(course, course.head);
  if (end !== null && course.before.end.position < end.position) {
    const message = `is missing: the chain had ${end.position} entries when its end was noted`;
    tell(course, { code: 'not-as-noted', ...behind(course), message });
  }
  if (course.stage !== 'end') {
    const message = 'the file was cut off: its last line, which counts the others, is missing';
    tell(course, { code: 'cut-off', ...behind(course), message });
  }
  for (const [name, { position, line }] of course.gone) {
    const message = 'is said to be erased, and no entry after it in this chain says why';
    tell(course, { code: 'erased-without-reason', position, name, message }, line);
  }
};

const verdictOf = (course: Course): Verdict => ({
  ...verdictOnEntries(course),
  end: { position: course.before.end.position, hash: course.before.end.hash },
  documents: [...course.named.values()].map(({ entryName: _, ...one }) => ({
    ...one,
    anchoredBy: course.problems > 0 ? null : firstAnchorOf(course.anchored, one.position),
  })),
});

const verdictOnEntries = ({ head, counts, furthest, problems, first }: Course) => ({
  chain: head?.chain ?? null,
  ...{ entries: counts.entry, erased: counts.erased, unsealed: counts.unsealed },
  ...{ anchors: counts.anchor, held: problems > 0 || furthest === null ? null : heldBy(furthest) },
  ...{ problems, first },
});

/**
 * Verifies an export of the record line by line, and needs nothing but the export: the place of
 * each entry in its chain, the hash of each link, what each commits to, every anchor, and that what
 * is gone was erased by an entry that says why. It keeps the anchors, the digests of documents and
 * the names of what is gone, and no entry. `finish` gives the verdict, once. `lines`: how many were
 * read of the file before.
 */
export const newVerifier = (crypto: Crypto, known: Known, lines = 0) => {
  const course = newCourse(lines);
  return {
    /** Gives the line, if it is one and has a place here. */
    take: (text: string): ExportLine | null => readLine(course, text, { crypto, known }),
    /** Notes what does not go together with the chains before it. */
    object: (message: string): void =>
      tell(course, { code: 'among-others', position: 0, name: null, message }),
    /** The chain's last line was read: what follows is of another. */
    hasEnded: (): boolean => course.stage === 'end' && hasDocuments(course),
    finish: (): Verdict => {
      readEnd(course, known);
      return verdictOf(course);
    },
  };
};
