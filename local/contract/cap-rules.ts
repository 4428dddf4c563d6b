import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { circleProblems, polygonProblems } from './cap-areas.ts';

const MANY = ['info', 'category', 'eventCode', 'parameter', 'area', 'polygon', 'circle', 'geocode'];

const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => MANY.includes(name) || name === 'responseType' || name === 'resource',
});

const text = z.string().optional();
const pairs = z.array(z.object({ valueName: z.string(), value: z.string() })).default([]);

const areaSchema = z.object({
  areaDesc: text,
  polygon: z.array(z.string()).default([]),
  circle: z.array(z.string()).default([]),
  altitude: text,
  ceiling: text,
});

const infoSchema = z.object({
  language: text,
  category: z.array(z.string()).default([]),
  eventCode: pairs,
  effective: text,
  onset: text,
  expires: text,
  headline: text,
  description: text,
  instruction: text,
  web: text,
  area: z.array(areaSchema).default([]),
});
type Info = z.infer<typeof infoSchema>;

const alertSchema = z.object({
  identifier: z.string(),
  sender: z.string(),
  sent: z.string(),
  msgType: z.string(),
  scope: z.string(),
  restriction: text,
  addresses: text,
  references: text,
  info: z.array(infoSchema).default([]),
});
type Alert = z.infer<typeof alertSchema>;

const NAMESPACE = /xmlns(:[\w.-]+)?\s*=\s*["']urn:oasis:names:tc:emergency:cap:1\.2["']/;
const NAME = /^[^\s,<&]+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const LANGUAGE = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
const TAG = /<[^\s>]+.*?>/s;
const ENTITY = /&(#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);/;

const when = (holds: boolean, problem: string): string[] => (holds ? [problem] : []);
const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === '';

const timeProblems = (named: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(named).flatMap(([name, value]) =>
    when(value !== undefined && !TIME.test(value), `${name}: not a time with a numeric offset`),
  );

const referenceProblems = (reference: string, { identifier, sent }: Alert): string[] => {
  const [sender = '', named = '', at = '', ...rest] = reference.split(',');
  if (rest.length > 0 || !NAME.test(sender) || !NAME.test(named) || !TIME.test(at)) {
    return [`references: ${reference} is not "sender,identifier,sent"`];
  }
  return [
    ...when(named === identifier, 'references: the message refers to itself'),
    ...when(Date.parse(at) > Date.parse(sent), `references: ${named} was sent later than this`),
  ];
};

const NAMES_ANOTHER = ['Update', 'Cancel', 'Ack', 'Error'];

const envelopeProblems = (alert: Alert): string[] => {
  const { scope, restriction, addresses, references, msgType } = alert;
  const named = (references ?? '')
    .trim()
    .split(/\s+/)
    .filter((one) => one !== '');
  return [
    ...when(!NAME.test(alert.identifier), 'identifier: a space, comma, < or & in it, or nothing'),
    ...when(!NAME.test(alert.sender), 'sender: a space, comma, < or & in it, or nothing'),
    ...timeProblems({ sent: alert.sent }),
    ...when(scope === 'Restricted' && isBlank(restriction), 'restriction: not said'),
    ...when(scope !== 'Restricted' && !isBlank(restriction), 'restriction: the scope is another'),
    ...when(scope === 'Private' && isBlank(addresses), 'addresses: a private message for nobody'),
    ...when(
      NAMES_ANOTHER.includes(msgType) && named.length === 0,
      `references: none of ${msgType}`,
    ),
    ...when(msgType === 'Alert' && named.length > 0, 'references: a first message has none'),
    ...named.flatMap((reference) => referenceProblems(reference, alert)),
    ...when(['Alert', 'Update'].includes(msgType) && alert.info.length === 0, 'info: none'),
  ];
};

const sameOfAll = (infos: readonly Info[], of: (info: Info) => unknown): boolean =>
  new Set(infos.map((info) => JSON.stringify(of(info)))).size <= 1;

const infosProblems = (infos: readonly Info[]): string[] => [
  ...when(
    !sameOfAll(infos, ({ category }) => [...category].sort()),
    'category: others in each info',
  ),
  ...when(!sameOfAll(infos, ({ eventCode }) => eventCode), 'eventCode: others in each info'),
];

const infoProblems = (info: Info, sent: string): string[] => {
  const { language, headline, description, instruction, effective, expires, web } = info;
  const ends = expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires);
  return [
    ...when(language !== undefined && !LANGUAGE.test(language.trim()), 'language: no such tag'),
    ...timeProblems({ effective, onset: info.onset, expires }),
    ...when(Date.parse(effective ?? sent) > ends, 'expires: before it takes effect'),
    ...when(isBlank(description), 'description: none'),
    ...when(!isBlank(description) && description === headline, 'description: the headline again'),
    ...when(instruction !== undefined && instruction === description, 'instruction: said already'),
    ...when(web !== undefined && !URL.canParse(web.trim()), 'web: no whole address'),
  ];
};

const areaProblems = ({
  areaDesc,
  polygon,
  circle,
  altitude,
  ceiling,
}: z.infer<typeof areaSchema>) => [
  ...when(isBlank(areaDesc), 'areaDesc: none'),
  ...polygon.flatMap(polygonProblems),
  ...circle.flatMap(circleProblems),
  ...when(ceiling !== undefined && altitude === undefined, 'ceiling: without an altitude'),
  ...when(Number(altitude ?? 0) > Number(ceiling ?? Number.POSITIVE_INFINITY), 'ceiling: too low'),
];

/** Every text in a value, with the name of the element that holds it. */
const textsIn = (name: string, value: unknown): [name: string, value: string][] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((one) => textsIn(name, one))
    : Object.entries(value).flatMap(([key, one]) => textsIn(key, one));
};

const textProblems = ([name, value]: readonly [string, string]): string[] =>
  name === '#text'
    ? []
    : [
        ...when(name !== 'value' && isBlank(value), `${name}: there, and empty`),
        ...when(TAG.test(value), `${name}: a tag of HTML in it`),
        ...when(ENTITY.test(value), `${name}: an entity of HTML in it`),
      ];

const rootSchema = z.object({ alert: z.unknown() });

/**
 * Says what of a text is no message of CAP 1.2 by the rules that its schema cannot hold; empty:
 * nothing. They are those of the standard's text and of the validator of google/cap-library, but
 * for what only a public warning needs (`web`, an area on a map). Nothing that renders messages
 * here has a say in it. The schemas themselves are another check (`schemaProblems`).
 */
export const capProblems = (xml: string): string[] => {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return ['a document type, which no message of CAP has'];
  if (XMLValidator.validate(xml) !== true) return ['not XML'];
  if (!NAMESPACE.test(xml)) return ['not in the namespace of CAP 1.2'];
  const root = rootSchema.safeParse(parser.parse(xml));
  const parsed = alertSchema.safeParse(root.data?.alert);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const alert = parsed.data;
  return [
    ...textsIn('alert', root.data?.alert).flatMap(textProblems),
    ...envelopeProblems(alert),
    ...infosProblems(alert.info),
    ...alert.info.flatMap((info) => infoProblems(info, alert.sent)),
    ...alert.info.flatMap(({ area }) => area.flatMap(areaProblems)),
  ];
};
