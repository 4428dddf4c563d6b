import { wordsOf } from '#domain/audit/notice-words.ts';
import {
  afterLook,
  afterTelling,
  type BlindNotice,
  beginVigil,
  type Look,
  untold,
  type Vigil,
} from '#domain/audit/vigil.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { ChangeKept } from './dynamodb/kept-item.ts';
import type { Telemetry } from './log/log.ts';
import type { Publisher } from './sns/publisher.ts';

export type KeepVigilDeps = Readonly<{
  agencyId: AgencyId;
  changeVigil: ChangeKept<Vigil>;
  email: Publisher['email'];
  dutyManagerTopicArn: string;
  telemetry: Telemetry;
}>;

/** Publishes to the duty manager's topic by itself: the outbox may be what has failed. */
export const tellDutyManager = async (
  { email, dutyManagerTopicArn, agencyId, telemetry }: Omit<KeepVigilDeps, 'changeVigil'>,
  notice: BlindNotice,
): Promise<void> => {
  await email(dutyManagerTopicArn, wordsOf(notice, agencyId));
  const faults = notice.findings.map(({ fault }) => fault).join(' ');
  telemetry.log.warn('duty manager told', { agencyId, kind: notice.kind, faults });
  telemetry.measure(notice.kind === 'blind' ? 'blindNotices' : 'backNotices', 1);
};

/**
 * Keeps what a watcher found, and tells the duty manager what calls for it. A notice is kept before
 * it is told, and told by whoever looks next where that fails: twice at worst, never not at all.
 */
export const keepVigil =
  (deps: KeepVigilDeps) =>
  async (look: Look, now: Instant): Promise<void> => {
    const vigil = await deps.changeVigil((kept) => afterLook(kept ?? beginVigil(now), look, now));
    for (const notice of untold(vigil, look.by, now)) {
      await tellDutyManager(deps, notice);
      await deps.changeVigil((kept) => afterTelling(kept ?? vigil, notice, now));
    }
  };
export type KeepVigil = ReturnType<typeof keepVigil>;
