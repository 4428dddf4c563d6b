import { behind, type Course, newCourse, tell } from './course.ts';
import { erasedBy } from './erasure.ts';
import {
  type ExportLine,
  exportLineSchema,
  LINE_KINDS,
  type LineKind,
  type LineOf,
} from './export-line.ts';
import { emptyChain } from './link.ts';
import { plainJson } from './plain-json.ts';
import { heldBy, type Verdict } from './verdict.ts';
import { anchorProblem, type Crypto } from './verify-anchor.ts';
import { lookAtEntry } from './verify-entry.ts';

/** What whoever verifies knows from elsewhere; null: they do not. */
export type Known = Readonly<{ chain: string | null; keyId: string | null }>;

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
  course.anchored.set(position, [...others, { number, hash }]);
};

const holdToAnchor = (course: Course, { position, name, hash }: LineOf<'entry'>): void => {
  const anchors = course.anchored.get(position) ?? [];
  const anchor = anchors.find((one) => one.hash !== hash);
  if (anchor === undefined) return;
  const message = `is not what anchor ${anchor.number} holds: it, or one before it that no earlier anchor holds, was made anew`;
  tell(course, { code: 'not-as-anchored', position, name, message });
};

const takeEntry = (course: Course, line: LineOf<'entry'>, { crypto: { hash } }: Tools): void => {
  const { position, name, entry } = line;
  const { end, found, isAsSealed } = lookAtEntry(hash, course.before, line);
  tell(course, found);
  course.before = { end, name };
  holdToAnchor(course, line);
  if (entry === null) {
    course.counts.erased += 1;
    course.gone.set(name, { position, line: course.line });
  } else if (isAsSealed) {
    for (const gone of erasedBy(entry)) course.gone.delete(gone);
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

const takeEnd = (course: Course, line: LineOf<'end'>): void => {
  const { anchor, entry, unsealed } = course.counts;
  if (anchor === line.anchors && entry === line.entries && unsealed === line.unsealed) return;
  const says = `${line.anchors} anchors, ${line.entries} entries and ${line.unsealed} not sealed`;
  const message = `the last line counts ${says}; here are ${anchor}, ${entry} and ${unsealed}`;
  tell(course, { code: 'totals', ...behind(course), message });
};

const takeLine = (course: Course, line: ExportLine, tools: Tools): void => {
  course.counts[line.kind] += 1;
  course.stage = line.kind;
  if (line.kind === 'head') takeHead(course, line, tools);
  if (line.kind === 'anchor') takeAnchor(course, line, tools);
  if (line.kind === 'entry') takeEntry(course, line, tools);
  if (line.kind === 'end') takeEnd(course, line);
};

const ORDER: readonly LineKind[] = LINE_KINDS;
const MANY: readonly LineKind[] = ['anchor', 'entry', 'unsealed'];

const mayFollow = (stage: LineKind | null, kind: LineKind): boolean =>
  stage === null
    ? kind === 'head'
    : ORDER.indexOf(kind) > ORDER.indexOf(stage) || (kind === stage && MANY.includes(kind));

const readLine = (course: Course, text: string, tools: Tools): void => {
  course.line += 1;
  const line = exportLineSchema.safeParse(plainJson(text));
  if (!line.success) {
    const message = 'this line is no line of an export, or can be read in two ways';
    tell(course, { code: 'not-a-line', ...behind(course), message });
  } else if (mayFollow(course.stage, line.data.kind)) {
    takeLine(course, line.data, tools);
  } else {
    const message = `a line of the kind "${line.data.kind}" has no place here`;
    tell(course, { code: 'out-of-place', ...behind(course), message });
  }
};

const readEnd = (course: Course): void => {
  if (course.head !== null) endChain(course, course.head);
  if (course.stage !== 'end') {
    const message = 'the file was cut off: its last line, which counts the others, is missing';
    tell(course, { code: 'cut-off', ...behind(course), message });
  }
  for (const [name, { position, line }] of course.gone) {
    const message = 'is said to be erased, and no entry after it in this chain says why';
    tell(course, { code: 'erased-without-reason', position, name, message }, line);
  }
};

const verdictOf = ({ head, counts, furthest, problems, first }: Course): Verdict => ({
  chain: head?.chain ?? null,
  ...{ entries: counts.entry, erased: counts.erased, unsealed: counts.unsealed },
  ...{ anchors: counts.anchor, held: problems > 0 || furthest === null ? null : heldBy(furthest) },
  ...{ problems, first },
});

/**
 * Verifies an export of the record line by line, and needs nothing but the export: the place of
 * each entry in its chain, the hash of each link, what each commits to, every anchor, and that what
 * is gone was erased by an entry that says why. It keeps the anchors and the names of what is gone,
 * and no entry. `finish` gives the verdict, once.
 */
export const newVerifier = (crypto: Crypto, known: Known) => {
  const course = newCourse();
  return {
    take: (text: string): void => readLine(course, text, { crypto, known }),
    finish: (): Verdict => {
      readEnd(course);
      return verdictOf(course);
    },
  };
};
