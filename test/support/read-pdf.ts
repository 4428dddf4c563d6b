import { inflateSync } from 'node:zlib';

/** A part of a PDF's structure: its tag, what it says, and its parts. */
export type ReadElement = Readonly<{
  tag: string;
  text: string;
  dictionary: string;
  parts: readonly ReadElement[];
}>;

type Objects = ReadonlyMap<number, string>;

const objectsOf = (pdf: string): Objects =>
  new Map(
    [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [
      Number(id),
      body ?? '',
    ]),
  );

const refIn = (dictionary: string, name: string): number =>
  Number(new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1] ?? Number.NaN);

const streamOf = (objects: Objects, id: number): string => {
  const body = objects.get(id) ?? '';
  const start = body.indexOf('stream\n') + 'stream\n'.length;
  const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1');
  return body.includes('FlateDecode') ? inflateSync(bytes).toString('latin1') : String(bytes);
};

const utf16 = (hex: string): string => {
  const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
};

/** What each code of a font stands for, by its map to Unicode. */
const lettersOf = (objects: Objects, font: number): string[] => {
  const map = streamOf(objects, refIn(objects.get(font) ?? '', 'ToUnicode'));
  const lists = [...map.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[(.*?)\]/g)];
  return lists.flatMap(([, list]) =>
    [...(list ?? '').matchAll(/<(.*?)>/g)].map(([, h]) => utf16(h ?? '')),
  );
};

const OPERATIONS =
  /\/\w+ (<<(?:\((?:\\[\s\S]|[^\\)])*\)|[^>])*>>) BDC|\/\w+ BMC|\bEMC\b|\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g;

/** What a dictionary says that its content reads as; null where that speaks for itself. */
const actualIn = (options: string): string | null => {
  const written = /\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/.exec(options)?.[1];
  if (written === undefined) return null;
  const plain = written.replace(/\\([\s\S])/g, (_, one) => ESCAPED[one] ?? one);
  if (!plain.startsWith('\u00fe\u00ff')) return plain;
  return utf16(Buffer.from(plain.slice(2), 'latin1').toString('hex'));
};
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What a page says, by the number of marked content; what is no part of it is under -1. */
const textsOf = (objects: Objects, page: number): Map<number, string> => {
  const dictionary = objects.get(page) ?? '';
  const resources = objects.get(refIn(dictionary, 'Resources')) ?? '';
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [
      name,
      lettersOf(objects, Number(id)),
    ]),
  );
  const texts = new Map<number, string>();
  const marks: { at: number; isSaid: boolean }[] = [];
  let letters: readonly string[] = [];
  const content = streamOf(objects, refIn(dictionary, 'Contents'));
  for (const [all, options, font, shown] of content.matchAll(OPERATIONS)) {
    const mark = /MCID (\d+)/.exec(options ?? '')?.[1];
    const { at = -1, isSaid = false } = marks.at(-1) ?? {};
    const add = (text: string) => texts.set(at, (texts.get(at) ?? '') + text);
    if (all === 'EMC') marks.pop();
    else if (font !== undefined) letters = fonts.get(font) ?? [];
    else if (shown !== undefined) {
      const codes = [...shown.matchAll(/<([0-9a-f]+)>/g)].flatMap(
        ([, hex]) => hex?.match(/.{4}/g) ?? [],
      );
      const text = codes.map((code) => letters[Number.parseInt(code, 16)] ?? '').join('');
      if (!isSaid) add(text);
    } else {
      const actual = actualIn(options ?? '');
      if (actual !== null && !isSaid) add(actual);
      const isNow = isSaid || actual !== null;
      marks.push({ at: mark === undefined ? at : Number(mark), isSaid: isNow });
    }
  }
  return texts;
};

/** The structure of a tagged PDF that pdfkit wrote, with its text; and how many pages it has. */
export const readPdf = (bytes: Uint8Array) => {
  const pdf = Buffer.from(bytes).toString('latin1');
  const objects = objectsOf(pdf);
  const pages = [...objects].flatMap(([id, body]) => (/\/Type \/Page\n/.test(body) ? [id] : []));
  const texts = new Map(pages.map((page) => [page, textsOf(objects, page)]));

  const read = (id: number): ReadElement => {
    const dictionary = objects.get(id) ?? '';
    const own = refIn(dictionary, 'Pg');
    const kids = /\/K \[([\s\S]*?)\]\n/.exec(dictionary)?.[1] ?? '';
    const parts: ReadElement[] = [];
    let text = '';
    for (const [, ref, page, there, mark] of kids.matchAll(
      /(\d+) 0 R|<<\s*\/Type \/MCR\s*\/Pg (\d+) 0 R\s*\/MCID (\d+)\s*>>|(\d+)/g,
    )) {
      if (ref !== undefined) parts.push(read(Number(ref)));
      else text += texts.get(Number(page ?? own))?.get(Number(there ?? mark)) ?? '';
    }
    return { tag: /\/S \/(\w+)/.exec(dictionary)?.[1] ?? '', text, dictionary, parts };
  };

  const [, root] = [...objects].find(([, body]) => body.includes('/Type /StructTreeRoot')) ?? [];
  const document = Number(/\/K \[(\d+) 0 R\]/.exec(root ?? '')?.[1]);
  const catalog = [...objects.values()].find((body) => body.includes('/Type /Catalog')) ?? '';
  return { document: read(document), pages: pages.length, catalog };
};

/** An element and all within it, in the order of reading. */
export const allOf = (element: ReadElement): ReadElement[] => [
  element,
  ...element.parts.flatMap(allOf),
];
