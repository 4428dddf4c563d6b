/** What XML 1.0 cannot hold at all, not even as a reference: but for tab and the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What stands for a character that could not be kept. */
const LOST = '\ufffd';

/**
 * A text of people's as every reader of CAP takes it: nothing in it looks like a tag or an entity
 * of HTML, for which strict readers refuse a message, and nothing is what XML 1.0 cannot hold.
 * Angle brackets become quotation marks of the same look, and every end of a line a line
 * feed, as a reader of XML would make it. A second time changes nothing.
 */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(UNWRITABLE, LOST)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/&(?=#?\w+;)/g, '& ');
