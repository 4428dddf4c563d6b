import * as z from 'zod';
import {
  type AgencyKind,
  type AgencyLine,
  agencyKindSchema,
} from '#domain/exchange/agency-line.ts';
import { type AgencyId, personIdSchema } from '#domain/model/ids.ts';
import { toIso } from '#domain/model/instant.ts';
import { isPair } from '#domain/model/pair.ts';
import { askedOf, readerSchema } from '#domain/record/reading.ts';
import { type Documents, datesOf, versionOf } from '../../adapters/dynamodb/documents.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import { wearerKey } from '../../adapters/dynamodb/keys.ts';
import type { LoadListedDocuments } from '../../adapters/dynamodb/listed-documents.ts';
import type { ReadOf } from '../../adapters/dynamodb/reading-keys.ts';
import type { PutReading } from '../../adapters/dynamodb/readings.ts';
import type { WearerList } from '../../adapters/dynamodb/wearer-list.ts';
import { recipientSchema } from '../history/recipient.ts';
import { unknownAmong } from '../named-documents.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Call, Route } from '../route.ts';
import { sheetResponse } from './record-transfer.ts';

export type AgencyTransferRouteDeps = Readonly<{
  documents: Documents;
  listedDocuments: LoadListedDocuments;
  wearers: Pick<WearerList, 'after'>;
  putReading: PutReading;
  newNonce: () => string;
}>;

/** A document may have 380,000 bytes; an answer six million. */
const MOST_ON_PAGE = 12;

const WEARERS = 'WEARER';
const placeSchema = z
  .string()
  .regex(/^[A-Z-]+#/)
  .transform((text) => ({
    kind: text.slice(0, text.indexOf('#')),
    id: text.slice(text.indexOf('#') + 1),
  }))
  .pipe(z.object({ kind: z.enum([...agencyKindSchema.options, WEARERS]), id: z.string() }));
type Place = z.infer<typeof placeSchema>;

const querySchema = z.object({
  after: placeSchema.default({ kind: agencyKindSchema.options[0] ?? 'AREA', id: '' }),
  ...readerSchema.shape,
  ...recipientSchema.shape,
});

/** Some lines, whom they are about, and where the next page begins; null: there are no more. */
type Page = Readonly<{ lines: AgencyLine[]; about: ReadOf[]; next: Place | null }>;

const bodySchema = z.record(z.string(), z.unknown());

const keyOf = (agencyId: AgencyId, kind: AgencyKind, id: string) => ({
  pk: id === '' ? `${agencyId}#${kind}` : `${agencyId}#${kind}#${id}`,
  sk: 'CURRENT',
});

const nextKind = (kind: AgencyKind): Place => {
  const kinds = agencyKindSchema.options;
  return { kind: kinds[kinds.indexOf(kind) + 1] ?? WEARERS, id: '' };
};

const ofKind = async (
  { documents, listedDocuments }: AgencyTransferRouteDeps,
  agencyId: AgencyId,
  { kind, id: after }: Readonly<{ kind: AgencyKind; id: string }>,
): Promise<Page> => {
  const listed = await listedDocuments(agencyId, { kind, id: after }, MOST_ON_PAGE);
  const items = await Promise.all(
    listed.map(({ id }) => documents.loadItem(keyOf(agencyId, kind, id))),
  );
  const lines = items.flatMap((item, i): AgencyLine[] =>
    item === null
      ? []
      : [
          {
            ...{ kind: 'document', of: kind, id: listed[i]?.id ?? '', version: versionOf(item) },
            recordedAt: toIso(datesOf(item).changedAt),
            isWhole: kind !== 'ZONE-LIST',
            document: readJson(item, 'body', bodySchema),
          },
        ],
  );
  const people = kind === 'PERSON' ? listed : [];
  const about = people.map(({ id }): ReadOf => {
    return { agencyId, kind: 'person', personId: personIdSchema.parse(id) };
  });
  const last = listed.at(-1);
  const isAll = listed.length < MOST_ON_PAGE || last === undefined;
  return { lines, about, next: isAll ? nextKind(kind) : { kind, id: last.id } };
};

const ofWearers = async (
  { documents, wearers }: AgencyTransferRouteDeps,
  agencyId: AgencyId,
  after: string,
): Promise<Page> => {
  const found: Page['lines'] = [];
  const about: ReadOf[] = [];
  let last = after;
  for await (const page of wearers.after(agencyId, after === '' ? null : after)) {
    for (const { wearer } of page) {
      if (found.length === MOST_ON_PAGE * 10) {
        return { lines: found, about, next: { kind: WEARERS, id: last } };
      }
      last = wearer.wearerId;
      const item = isPair(wearer) ? null : await documents.loadItem(wearerKey(wearer));
      if (item === null) continue;
      const document = readJson(item, 'body', bodySchema);
      found.push({ kind: 'wearer', wearerId: wearer.wearerId, document });
      about.push({ ...wearer, kind: 'wearer' });
    }
  }
  return { lines: found, about, next: null };
};

const linkTo = ({ request }: Call, { kind, id }: Place): string => {
  const { by = '', reason = '', recipient = '' } = request.queryStringParameters;
  const query = new URLSearchParams({ after: `${kind}#${id}`, by, reason, recipient });
  return `</v1/agency-transfer?${query}>; rel="next"`;
};

/**
 * Everything that an agency has beside the histories of its wearers, in an order in which it can be
 * put elsewhere, and who its wearers are. Whoever is told of on a page is on record as read.
 */
export const getAgencyTransfer =
  (deps: AgencyTransferRouteDeps): Route =>
  async (call) => {
    const { agencyId, now: at, request } = call;
    const asked = readWith(querySchema, request.queryStringParameters);
    if (!asked.ok) return unacceptable(asked.problems);
    const { after, by, reason, recipient } = asked.value;
    const named = [{ path: 'by', kind: 'PERSON' as const, id: by }];
    const unknown = await unknownAmong(deps.documents, agencyId, named);
    if (unknown.length > 0) return unacceptable(unknown);
    const { kind, id } = after;
    const page =
      kind === WEARERS
        ? await ofWearers(deps, agencyId, id)
        : await ofKind(deps, agencyId, { kind, id });
    for (const of of page.about) {
      const what = askedOf(request.routeKey, {}, {});
      const reading = { at, by, reason, recipient, asked: what };
      await deps.putReading(of, reading, deps.newNonce());
    }
    const body = page.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return sheetResponse(body, page.next === null ? null : linkTo(call, page.next));
  };
