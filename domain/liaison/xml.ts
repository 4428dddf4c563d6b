/** An element: its name, what is in it (a text, or elements), and its attributes. */
export type XmlElement = Readonly<{
  name: string;
  content: string | readonly XmlElement[];
  attributes: Readonly<Record<string, string>>;
}>;

/** Makes an element. Only the caller's own names: a name is written as it is. */
export const element = (
  name: string,
  content: XmlElement['content'],
  attributes: XmlElement['attributes'] = {},
): XmlElement => ({ name, content, attributes });

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => REFERENCES[sign] ?? sign);

const written = ({ name, content, attributes }: XmlElement): string => {
  const named = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = typeof content === 'string' ? escaped(content) : content.map(written).join('');
  return inside === ''
    ? `<${name}${named.join('')}/>`
    : `<${name}${named.join('')}>${inside}</${name}>`;
};

/**
 * An XML 1.0 document, in UTF-8, of which a reader gets back every text as it was. Texts must be
 * such as `plainText` makes them, and attributes of one line.
 */
export const writeXml = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}\n`;
