/** Why something is not in the copy that a wearer gets of what is held of them. */
export type Withheld =
  | 'about-another-person'
  | 'contact-of-another-person'
  | 'told-by-somebody-else'
  | 'legal-claim';

/** In the place of what is withheld: that something stands there, and why it is not shown. */
export type Marker = Readonly<{ withheld: Withheld; because: string }>;

const BECAUSE: Readonly<Record<Withheld, string>> = {
  'about-another-person': 'it says who somebody else is, whom an order protects or keeps apart',
  'contact-of-another-person': 'it is the private contact of somebody else',
  'told-by-somebody-else': 'it was told by, or comes of, somebody else who has to be asked first',
  'legal-claim': 'it concerns a claim, a complaint or advice about one',
};

const marked = (withheld: Withheld): Marker => ({ withheld, because: BECAUSE[withheld] });

/** Fields that are withheld wherever they stand. */
const ALWAYS: Readonly<Record<string, Withheld>> = {
  protectedPersonId: 'about-another-person',
  otherWearerId: 'about-another-person',
  members: 'about-another-person',
  pairId: 'about-another-person',
};

/** Contacts: the wearer's own stand in their own document alone. */
const CONTACTS = ['mobile', 'phone', 'email', 'webhook', 'push'];

/** Kinds of notes, and types of contacts, in which others speak. */
const TOLD_BY_OTHERS: readonly string[] = [
  ...['information-from-liaison', 'family', 'police-liaison', 'mappa-meeting', 'marac'],
  'visor-information',
];

const isToldByOthers = (value: Readonly<Record<string, unknown>>): boolean =>
  [value.kind, value.contactType].some(
    (kind) => typeof kind === 'string' && TOLD_BY_OTHERS.includes(kind),
  );

/** The fields in which a note says what was said. */
const SAID = ['text', 'withWhom'];

/** What the copy is of: the wearer's own document has their own contacts in it. */
export type CopyOf = 'own' | 'hold' | 'other';

const whyWithheld = (
  name: string,
  within: Readonly<Record<string, unknown>>,
  of: CopyOf,
): Withheld | null => {
  const always = ALWAYS[name];
  if (always !== undefined) return always;
  if (of === 'hold' && name === 'reason') return 'legal-claim';
  if (of !== 'own' && CONTACTS.includes(name)) return 'contact-of-another-person';
  return SAID.includes(name) && isToldByOthers(within) ? 'told-by-somebody-else' : null;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A copy of something that is held of a wearer, for themselves: what is about others is replaced by
 * a marker that says why. It marks what it knows by name; what stands in free text is for a person
 * to read before the copy is handed over.
 */
export const subjectCopy = (value: unknown, of: CopyOf): unknown => {
  if (Array.isArray(value)) return value.map((one) => subjectCopy(one, of));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const why = field === null ? null : whyWithheld(name, value, of);
      return [name, why === null ? subjectCopy(field, of) : marked(why)];
    }),
  );
};
