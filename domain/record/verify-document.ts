import { canonical } from './canonical.ts';
import { behind, type Course, tell } from './course.ts';
import type { LineOf } from './export-line.ts';
import type { Hash } from './link.ts';
import { versionNameOf } from './named-document.ts';

/** Holds the text of a document to the digest by which an entry put it on record. */
export const takeDocument = (course: Course, line: LineOf<'document'>, hash: Hash): void => {
  const at = versionNameOf(line);
  const named = course.named.get(at);
  const what = `${line.name}, version ${line.version},`;
  if (named === undefined || named.isShown) {
    const why = named === undefined ? 'is named by no entry of this chain' : 'stands here twice';
    tell(course, { code: 'document-unknown', ...behind(course), message: `${what} ${why}` });
    return;
  }
  course.named.set(at, { ...named, isShown: true });
  if (hash(canonical(line.document)) === named.sha256) return;
  const { position, entryName: name } = named;
  const message = `put ${what} on record with another text than stands in line ${course.line}`;
  tell(course, { code: 'document', position, name, message });
};
