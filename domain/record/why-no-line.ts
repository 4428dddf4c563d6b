const MARK = '\ufeff';

/** In words, why a text is no line of an export. */
export const whyNoLine = (text: string): string => {
  if (text === '') return 'this line is empty';
  if (text.startsWith(MARK)) return 'this line begins with a byte order mark, and no export does';
  if (text.endsWith('\r'))
    return 'this line ends with a carriage return: something rewrote the file';
  return 'this line is no line of an export, or can be read in two ways';
};
