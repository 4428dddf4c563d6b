import type { LoadCaseworkTerms } from '../../adapters/dynamodb/casework-terms.ts';
import type { DecisionStore } from '../../adapters/dynamodb/decisions.ts';
import type { LoadSupervision } from '../../adapters/dynamodb/supervisions.ts';
import type { TaskStore } from '../../adapters/dynamodb/tasks.ts';
import type { PlanAlerts } from '../../adapters/plan-alerts.ts';
import type { AlertTimer } from '../../adapters/scheduler/alert-timer.ts';
import type { TrailDeps } from '../events-between.ts';
import type { CaseDeps } from '../put-case-document.ts';
import type { SupervisionLevelRouteDeps } from '../routes/supervision-levels.ts';

/** What whoever decides about a wearer needs. */
export type DecisionDeps = CaseDeps &
  TrailDeps &
  SupervisionLevelRouteDeps &
  Readonly<{
    decisions: DecisionStore;
    tasks: TaskStore;
    planAlerts: PlanAlerts;
    alertTimer: AlertTimer;
    loadCaseworkTerms: LoadCaseworkTerms;
    loadSupervision: LoadSupervision;
  }>;
