import { expect } from 'vitest';
import { changeAlert } from '#functions/adapters/change-alert.ts';
import { alertContext } from '#functions/adapters/dynamodb/alert-context.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { episodeStore } from '#functions/adapters/dynamodb/episodes.ts';
import { nudges } from '#functions/adapters/dynamodb/nudges.ts';
import { pauseStore } from '#functions/adapters/dynamodb/pauses.ts';
import { recordRefusal } from '#functions/adapters/dynamodb/refusals.ts';
import { putAside } from '#functions/adapters/dynamodb/violations.ts';
import { run } from '#functions/escalate/run.ts';
import { holdLimits } from '#lib/thresholds.ts';
import { NOTHING_FAILED, streamBatch } from './batches.ts';
import { heardFeeds } from './kept-alerts.ts';
import type { keptWorld } from './kept-world.ts';
import { noTransfers } from './transfers.ts';

/** Escalation of a kept world: works off what the stream has brought since, image by image. */
export const keptEscalation = ({
  client,
  tables,
  clock,
  telemetry,
  streamed,
}: ReturnType<typeof keptWorld>) => {
  const now = () => clock.now;
  const alertTimer = async () => undefined;
  const kept = alerts(client, tables);
  const episodes = episodeStore(client, tables.monitoring);
  const handle = run({
    ...{ now, telemetry, alertTimer, feeds: heardFeeds, ...noTransfers },
    context: alertContext(client, tables.monitoring),
    ...{ loadAlert: kept.load, loadEpisodes: episodes.load, holdLimits },
    pauses: pauseStore(client, tables.monitoring),
    putNudge: nudges(client, tables),
    putAside: putAside(client, tables.monitoring),
    changeAlert: changeAlert({
      ...{ now, alerts: kept, episodes, alertTimer },
      recordRefusal: recordRefusal(client, tables.record),
    }),
  });
  return async (): Promise<void> => {
    for (let images = streamed(); images.length > 0; images = streamed()) {
      for (const image of images) expect(await handle(streamBatch(image))).toEqual(NOTHING_FAILED);
    }
  };
};
