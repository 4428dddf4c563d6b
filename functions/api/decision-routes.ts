import type { DecisionDeps } from './decisions/deps.ts';
import type { Route } from './route.ts';
import { getDecision, listDecisions, postWithdraw, putDecision } from './routes/decisions.ts';
import { getLetter, postLetter } from './routes/letters.ts';
import { getProposals, type ProposalRouteDeps } from './routes/proposals.ts';
import { endTask, listTasks, type TaskRouteDeps } from './routes/tasks.ts';

export type DecisionTableDeps = DecisionDeps & ProposalRouteDeps & TaskRouteDeps;

/** What people decide about a wearer, and have to do. */
export const decisionRoutes = (deps: DecisionTableDeps): Readonly<Record<string, Route>> => ({
  'GET /v1/wearers/{wearerId}/tasks': listTasks(deps),
  'POST /v1/wearers/{wearerId}/tasks/{taskId}/end': endTask(deps),
  'GET /v1/wearers/{wearerId}/proposals': getProposals(deps),
  'GET /v1/wearers/{wearerId}/decisions': listDecisions(deps),
  'GET /v1/wearers/{wearerId}/decisions/{decisionId}': getDecision(deps),
  'PUT /v1/wearers/{wearerId}/decisions/{decisionId}': putDecision(deps),
  'GET /v1/wearers/{wearerId}/decisions/{decisionId}/letter': getLetter(deps),
  'POST /v1/wearers/{wearerId}/decisions/{decisionId}/letter': postLetter(deps),
  'POST /v1/wearers/{wearerId}/decisions/{decisionId}/withdraw': postWithdraw(deps),
});
