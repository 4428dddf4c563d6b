/** The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), without its extension table. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/**
 * What names and addresses often hold that has no mark to lose: signs as typed on phones, letters.
 */
const WRITTEN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '\u2011': '-',
  '…': '...',
  '\u00a0': ' ',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  Ð: 'D',
};

/** What would begin a line of its own, or show as nothing: no name writes a second message. */
const CONTROL = /\p{Cc}|[\u2028\u2029]/u;

/** A text as one line. */
export const oneLine = (text: string): string => text.replace(new RegExp(CONTROL, 'gu'), ' ');

const plain = (letter: string): string => {
  if (CONTROL.test(letter)) return ' ';
  if (GSM_BASIC.has(letter)) return letter;
  const written = WRITTEN[letter];
  if (written !== undefined) return written;
  const base = letter.normalize('NFD').replace(/\p{Mark}/gu, '');
  return [...base].every((part) => GSM_BASIC.has(part)) ? base : '?';
};

/**
 * A text in the GSM 7-bit alphabet: letters outside it lose their marks or are written otherwise,
 * anything else becomes "?". One letter outside would turn the whole message to UCS-2 and less than
 * half the length a part.
 */
export const toGsmText = (text: string): string => [...text].map(plain).join('');

/** How many parts a GSM 7-bit text takes: 160 letters in one, 153 each in several. */
export const smsParts = (text: string): number =>
  text.length <= 160 ? 1 : Math.ceil(text.length / 153);
