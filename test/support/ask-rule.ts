import { emptyCore } from '#domain/evaluate/core.ts';
import type { Judgement, Seen } from '#domain/evaluate/rule.ts';
import { ruleCalled } from '#domain/evaluate/rules.ts';
import type { Supervision, Watch } from '#domain/evaluate/supervision.ts';
import type { Instant } from '#domain/model/instant.ts';
import { expectSound } from './sound-judgement.ts';

/** The watch of a supervision under an id. */
export const watchCalled = ({ watches }: Supervision, watchId: string): Watch => {
  const watch = watches.find((one) => one.watchId === watchId);
  if (watch === undefined) throw new Error(`no watch ${watchId}`);
  return watch;
};

/** Asks a watch's rule at an instant, of somebody of whom nothing else is known. */
export const askRule = (
  watch: Watch,
  at: Instant,
  more: Partial<Omit<Seen, 'watch' | 'at'>> = {},
): Judgement => {
  const rule = ruleCalled(watch.rule);
  if (rule === undefined) throw new Error(`no rule ${watch.rule}`);
  const judgement = rule.judge({
    ...{
      watch,
      at,
      memory: {},
      newestEvidenceAt: at,
      core: emptyCore(at),
      input: null,
      cameFrom: null,
    },
    believed: { home: 0, elsewhere: 0, inside: 0 },
    ...more,
  });
  expectSound(judgement, at);
  return judgement;
};
