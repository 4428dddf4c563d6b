import type { Alert } from '#domain/model/alert.ts';
import type { Change } from '../dynamodb/table.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';

type Listed = Readonly<{ alertId: string; stage: string }>;

const stageOf = (alert: Alert): string => {
  const { status, acknowledgements, held, track, told, cleared } = alert;
  if (status === 'closed') return 'closed';
  // Over by the data: it explains nothing any more.
  if (cleared !== null) return 'quiet';
  if (status === 'acknowledged' || acknowledgements.length > 0) return 'taken';
  if (held !== undefined) return 'held';
  if (track === 'review') return 'quiet';
  // A liaison that was told has nobody here take it in hand.
  return told.some(({ channel }) => channel !== 'liaison') ? 'told' : 'untold';
};

const listOf = ({ after }: Change): Listed[] => JSON.parse(after?.body?.S ?? '{}').alerts ?? [];

/**
 * I26, I27: what a wearer's alerts know of each other is what they are: on it rests who is told
 * first, and what is held.
 */
export const episodes: MakeCheck = ({ report }) => {
  const known = new Map<string, Alert>();
  const lists = new Map<string, Listed[]>();

  const compare = (alert: Alert, listed: readonly Listed[]): void => {
    const stage = stageOf(alert);
    const entry = listed.find(({ alertId }) => alertId === alert.alertId);
    const mustStand = stage !== 'closed' && stage !== 'quiet';
    if (entry === undefined ? !mustStand : entry.stage === stage) return;
    const what = `${alert.alertId} is ${stage}, and known as ${entry?.stage ?? 'nothing'}`;
    report('I27 what is known of a wearer is what their alerts are', what);
  };

  return {
    onCommit: ({ changes }) => {
      const changed = alertChangesOf(changes).map(({ is }) => is);
      for (const is of changed) known.set(is.alertId, is);
      for (const change of changes) {
        if (change.after?.entity?.S === 'EPISODES')
          lists.set(change.key.pk?.S ?? '', listOf(change));
      }
      for (const wearerId of new Set(changed.map((alert) => alert.wearerId))) {
        const listed = lists.get(`demo#WEARER#${wearerId}`) ?? [];
        for (const alert of known.values()) {
          if (alert.wearerId === wearerId && !alert.isTest) compare(alert, listed);
        }
      }
    },
  };
};
