import { plainText } from './plain-text.ts';
import { element, type XmlElement } from './xml.ts';

/** An element that is there and says nothing is refused by strict readers. */
const NOTHING = '-';

/** An element of CAP that holds a text of people's. */
export const plainElement = (name: string, value: string): XmlElement => {
  const plain = plainText(value);
  return element(name, plain.trim() === '' ? NOTHING : plain);
};
