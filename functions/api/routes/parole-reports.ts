import {
  PAROLE_SECTION_NAMES,
  paroleReportFrom,
  paroleReportSchema,
  sentParoleReportSchema,
} from '#domain/casework/parole-section.ts';
import { paroleReportIdSchema } from '#domain/model/ids.ts';
import { paroleReportKey } from '../../adapters/dynamodb/casework-keys.ts';
import { readJson } from '../../adapters/dynamodb/items.ts';
import type { Named } from '../named-documents.ts';
import { unknownAmong } from '../named-documents.ts';
import { isResponse, type Problem, readBody, unacceptable } from '../problems.ts';
import { type CaseDeps, caseRefused, putCaseDocument } from '../put-case-document.ts';
import { getDocument } from '../put-document.ts';
import type { Call, Route } from '../route.ts';
import { wearerOfPath } from './wearers.ts';

export type ParoleReportRouteDeps = CaseDeps;

const keyOf = (call: Call) =>
  paroleReportKey(
    wearerOfPath(call),
    paroleReportIdSchema.parse(call.request.pathParameters.reportId),
  );

const readSent = (call: Call) => {
  const { reportId } = call.request.pathParameters;
  return readBody(sentParoleReportSchema, call.request, { reportId });
};
type Sent = Exclude<ReturnType<typeof readSent>, { statusCode: number }>;

const authors = ({ by, sections }: Sent): Named[] => [
  { path: 'by', kind: 'PERSON', id: by },
  ...PAROLE_SECTION_NAMES.flatMap((name): Named[] => {
    const id = sections[name]?.by;
    return id === undefined ? [] : [{ path: `sections.${name}.by`, kind: 'PERSON', id }];
  }),
];

const ahead = ({ sections }: Sent, { now }: Call): Problem[] =>
  PAROLE_SECTION_NAMES.flatMap((name): Problem[] => {
    const message = 'a section is dated when it has been written';
    return (sections[name]?.writtenAt ?? now) > now
      ? [{ code: 'in-future', path: `sections.${name}.writtenAt`, message }]
      : [];
  });

/**
 * Puts what officers write of a report to a parole board, section by section: what is left out
 * stays as it is.
 */
export const putParoleReport =
  (deps: ParoleReportRouteDeps): Route =>
  async (call) => {
    const sent = readSent(call);
    if (isResponse(sent)) return sent;
    const wearer = wearerOfPath(call);
    const refused = await caseRefused(deps, wearer);
    if (refused !== null) return refused;
    const unknown = await unknownAmong(deps.documents, call.agencyId, authors(sent));
    const problems = [...unknown, ...ahead(sent, call)];
    if (problems.length > 0) return unacceptable(problems);
    const known = await deps.documents.loadItem(keyOf(call));
    const before = known && readJson(known, 'body', paroleReportSchema);
    const report = paroleReportFrom(sent, before, call.now);
    const written = PAROLE_SECTION_NAMES.filter((name) => sent.sections[name] !== undefined);
    return putCaseDocument(deps, call, {
      ...{ wearer, key: keyOf(call), entity: 'PAROLE_REPORT', body: report, known },
      name: `PAROLE_REPORT#${sent.reportId}`,
      told: { type: 'parole-report-written', by: sent.by, reason: written.join(', ') },
    });
  };

export const getParoleReport =
  ({ documents }: ParoleReportRouteDeps): Route =>
  (call) =>
    getDocument(documents, keyOf(call), 'this parole report');
