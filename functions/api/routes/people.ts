import { addressesOf, isReachable } from '#domain/contacts/standing.ts';
import { USUAL_TELL_BY, webhookHost } from '#domain/model/contact.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { type Person, type Policy, personSchema, policySchema } from '#domain/model/person.ts';
import { contactsKey } from '../../adapters/dynamodb/contact-keys.ts';
import { contactStatesFrom } from '../../adapters/dynamodb/contacts.ts';
import { mobilePut } from '../../adapters/dynamodb/contacts-by-mobile.ts';
import type { Documents } from '../../adapters/dynamodb/documents.ts';
import { text } from '../../adapters/dynamodb/items.ts';
import { sharedKey } from '../../adapters/dynamodb/keys.ts';
import type { EnsureContactTopic } from '../../adapters/sns/contact-topics.ts';
import { type Named, unknownAmong } from '../named-documents.ts';
import {
  isResponse,
  jsonBody,
  type Problem,
  readBody,
  readWith,
  unacceptable,
} from '../problems.ts';
import { putDocument } from '../put-document.ts';
import { type NamedPerson, peopleNamedBefore, reachOf, unreachable } from '../reachable-people.ts';
import type { Route } from '../route.ts';

export type PeopleRouteDeps = Readonly<{
  documents: Documents;
  ensureContactTopic: EnsureContactTopic;
  monitoringTable: string;
  /** Whether there is a number to call from. */
  canCall: boolean;
  /** Who may be told by webhook. */
  webhookHosts: readonly string[];
}>;

type Channels = Pick<PeopleRouteDeps, 'canCall' | 'webhookHosts'>;

/** Whoever has a number, and no rules of their own, is called where nothing else reaches them. */
const withUsualRules = (body: Readonly<Record<string, unknown>>, { canCall }: Channels) => {
  if (body.tellBy !== undefined || !canCall || typeof body.mobile !== 'string') return body;
  return { ...body, tellBy: [...USUAL_TELL_BY, { channel: 'voice', afterSeconds: null }] };
};

/** What a person asks for and this stack cannot do. */
const channelProblems = (person: Person, { canCall, webhookHosts }: Channels): Problem[] => {
  const { webhook, phone } = person;
  const host = webhook === null ? null : webhookHost(webhook);
  const isHostKnown = host === null || webhookHosts.includes(host);
  const isCalled = addressesOf(person).voice !== null;
  return [
    ...(isHostKnown
      ? []
      : [
          {
            code: 'webhook-host-not-allowed',
            path: 'webhook',
            message: `${host} is not among the hosts of this stack's webhookHosts`,
          },
        ]),
    ...(canCall || !isCalled
      ? []
      : [
          {
            code: 'voice-not-set-up',
            path: phone === null ? 'tellBy' : 'phone',
            message: 'this stack has no voiceOriginationIdentity, so it can call nobody',
          },
        ]),
  ];
};

/** What is said of somebody whose known contacts count for nothing at the addresses of now. */
const lossProblems = async (
  { documents }: PeopleRouteDeps,
  agencyId: AgencyId,
  person: Person,
): Promise<Problem[]> => {
  const contacts = await documents.loadItem(contactsKey(agencyId, person.personId));
  if (contacts === null || isReachable({ person, states: contactStatesFrom(contacts) })) return [];
  return [unreachable({ path: 'personId', id: person.personId })];
};

export const putPerson =
  (deps: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now }) => {
    const body = jsonBody(request);
    if (isResponse(body)) return body;
    const { personId: id } = request.pathParameters;
    const read = readWith(personSchema, { ...withUsualRules(body, deps), personId: id });
    if (!read.ok) return unacceptable(read.problems);
    const put = read.value;
    const problems = channelProblems(put, deps);
    if (problems.length > 0) return unacceptable(problems);
    const { personId, email } = put;
    const warnings = await lossProblems(deps, agencyId, put);
    const topicArn = email === null ? null : await deps.ensureContactTopic(personId, email);
    return putDocument(deps.documents, {
      agencyId,
      key: sharedKey(agencyId, 'PERSON', personId),
      entity: 'PERSON',
      body: put,
      changedAt: now,
      extra: topicArn === null ? {} : { topicArn: text(topicArn) },
      beside: () => mobilePut(deps.monitoringTable, agencyId, put),
      warnings,
    });
  };

const peopleNamedBy = ({ steps, lastResort }: Policy): NamedPerson[] => [
  ...lastResort.personIds.map((id, i) => ({ path: `lastResort.personIds.${i}`, id })),
  ...steps.flatMap((step, i) =>
    step.targets.flatMap((target, j) =>
      target.kind === 'person'
        ? [{ path: `steps.${i}.targets.${j}.personId`, id: target.personId }]
        : [],
    ),
  ),
];

const documentsNamedBy = ({ steps, officeHours }: Policy): Named[] => {
  const rotas = steps.flatMap((step, i) =>
    step.targets.flatMap((target, j): Named[] =>
      target.kind === 'rota'
        ? [{ path: `steps.${i}.targets.${j}.rotaId`, kind: 'ROTA', id: target.rotaId }]
        : [],
    ),
  );
  const id = officeHours?.holidaysId;
  if (id === undefined) return rotas;
  return [...rotas, { path: 'officeHours.holidaysId', kind: 'HOLIDAYS', id }];
};

/** A step that tells the canary would count as told, and nobody would hear of the alert. */
const canaryProblems = ({ steps }: Policy): Problem[] =>
  steps.flatMap((step, i) =>
    step.targets.flatMap((target, j) =>
      target.kind === 'canary'
        ? [
            {
              code: 'not-allowed',
              path: `steps.${i}.targets.${j}.kind`,
              message: 'the canary is told of test alerts only: name whoever is to be told',
            },
          ]
        : [],
    ),
  );

/** Puts a policy. Nobody is put into one, least of all as last resort, whom no page may reach. */
export const putPolicy =
  ({ documents }: PeopleRouteDeps): Route =>
  async ({ agencyId, request, now: changedAt }) => {
    const body = readBody(policySchema, request, { policyId: request.pathParameters.policyId });
    if (isResponse(body)) return body;
    const key = sharedKey(agencyId, 'POLICY', body.policyId);
    const known = await documents.loadItem(key);
    const [reach, unknown] = await Promise.all([
      reachOf(documents, agencyId, {
        named: peopleNamedBy(body),
        before: peopleNamedBefore(known, policySchema, peopleNamedBy),
      }),
      unknownAmong(documents, agencyId, documentsNamedBy(body)),
    ]);
    const problems = [...canaryProblems(body), ...reach.problems, ...unknown];
    if (problems.length > 0) return unacceptable(problems);
    const put = { agencyId, key, entity: 'POLICY', body, changedAt, known };
    return putDocument(documents, { ...put, warnings: reach.warnings });
  };
