/**
 * What no page can show, or what turns the order of what stands about it: controls but the line
 * feed, overrides of direction, zero widths but those that join letters, and halves of characters.
 */
const UNSEEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const named = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** Text as a page may print it: what could not be seen is named, so that nothing is hidden. */
export const printable = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').replace(UNSEEN, named);
