import PDFDocument from 'pdfkit';
import { codePicture } from '#domain/report/code-picture.ts';
import { printable } from '#domain/report/printable.ts';
import type { Printed } from '#domain/report/printed.ts';
import { flowBlock, flowPicture } from './flow-block.ts';
import { flowHeading } from './flow-text.ts';
import { openFonts, type ReadFont } from './open-fonts.ts';
import { createPaper, type Doc, type Element, type Paper } from './paper.ts';
import { type TextSetter, textSetter } from './set-text.ts';
import './untyped-options.ts';

/** PDF/UA-1, ISO 14289-1: what says of itself that it can be read aloud. */
const PDF_UA = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`;

type Making = Readonly<{ printed: Printed; setter: TextSetter; pages: number | null }>;

const documentOf = ({ printed, pages }: Making): Doc => {
  const made = new Date(printed.madeAt);
  const doc = new PDFDocument({
    ...{ pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true },
    ...{ autoFirstPage: false, font: '', compress: pages !== null },
    info: {
      ...{ Title: printable(printed.title), Creator: 'Homeward', Producer: 'Homeward, pdfkit' },
      ...{ CreationDate: made, ModDate: made },
    },
  });
  doc.appendXML(PDF_UA);
  return doc;
};

/** How wide the QR code at the end is, in points: 35 mm, for a phone that is held over the page. */
const CODE_WIDTH = 100;
/** How to verify a report stands on one page, with its code. */
const VERIFICATION_ROOM = 270;

const flowSections = (paper: Paper, root: Element, { sections, verification }: Printed): void => {
  for (const [i, { heading, blocks, parts }] of sections.entries()) {
    const section = paper.open(root, 'Sect');
    if (i === sections.length - 1) paper.need(VERIFICATION_ROOM);
    flowHeading(paper, section, { text: heading, tag: 'H2' });
    paper.doc.outline.addItem(printable(heading));
    for (const block of blocks) flowBlock(paper, section, block);
    for (const part of parts) {
      flowHeading(paper, section, { text: part.heading, tag: 'H3' });
      for (const block of part.blocks) flowBlock(paper, section, block);
    }
    section.end();
  }
  const alt = `QR code of ${verification.address}`;
  const picture = codePicture(verification.modules);
  flowPicture(paper, root, { picture, alt, width: CODE_WIDTH, below: 0 });
};

const layOut = (doc: Doc, { printed, setter, pages }: Making): number => {
  const paper = createPaper({ doc, printed, setter, pages });
  const root = doc.struct('Document');
  doc.addStructure(root);
  paper.newPage();
  flowHeading(paper, root, { text: printed.title, tag: 'H1' });
  flowSections(paper, root, printed);
  root.end();
  return paper.pagesSoFar();
};

/**
 * A report as a tagged PDF: what it says as elements in the order of reading, headings, tables with
 * heads, pictures in words; its fonts within it. The same report gives the same bytes. Pages are
 * counted by laying all out once before, for each says how many there are; each is let go of when
 * it is full, so that only its compressed bytes stay.
 */
export const renderPdf = async (printed: Printed, read: ReadFont): Promise<Uint8Array> => {
  // Opened for this report alone: fontkit keeps of a sign the letters that it first stood for.
  const setter = textSetter(openFonts(read));
  const counting = { printed, setter, pages: null };
  const draft = documentOf(counting);
  draft.resume();
  const pages = layOut(draft, counting);
  draft.destroy();
  const making = { printed, setter, pages };
  const doc = documentOf(making);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => doc.on('end', resolve).on('error', reject));
  layOut(doc, making);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
};
