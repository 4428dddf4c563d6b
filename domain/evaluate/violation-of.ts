import { memberNear, memberOnWay } from '../geo/zone-or-list.ts';
import type { DeviceEvent } from '../model/device-event.ts';
import { factsOf } from '../model/device-facts.ts';
import type { WearerId } from '../model/ids.ts';
import { type Instant, secondsBetween } from '../model/instant.ts';
import type { Evidence, Violation } from '../model/violation.ts';
import type { Change } from './changes.ts';
import type { Mark } from './core.ts';
import { believedEvents } from './movement/believed-events.ts';
import { fixLikelihood } from './position/likelihood.ts';
import { depthMetres, fromPlacesMetres, type Question, sight } from './position/question.ts';
import { ruleCalled } from './rules.ts';
import { saidBy } from './said-by.ts';
import type { Supervision, Watch } from './supervision.ts';

/** Evidence that reached us later than this after a violation had ended is old news. */
export const OLD_NEWS_SECONDS = 900;
const EVIDENCE_KEPT = 3;

const asEvidence = (event: DeviceEvent): Evidence[] => {
  switch (event.kind) {
    case 'fix': {
      const { kind, recordedAt, lat, lon, accuracyMetres, source } = event;
      return [{ kind, recordedAt, lat, lon, accuracyMetres, source }];
    }
    case 'check': {
      const { kind, recordedAt, method, result } = event;
      return result === 'undetermined' ? [] : [{ kind, recordedAt, method, result }];
    }
    case 'device-status': {
      const { kind, recordedAt, batteryPercent } = event;
      return [{ kind, recordedAt, facts: factsOf(event), batteryPercent }];
    }
    default:
      return event satisfies never;
  }
};

/** Whether a piece speaks for an answer rather than against it, taken by itself. */
const speaksFor = (question: Question, event: DeviceEvent): boolean => {
  switch (event.kind) {
    case 'fix': {
      const { home, elsewhere, inside } = fixLikelihood(sight(question, event), question.densities);
      if (question.zone === null) return elsewhere > home;
      return inside > elsewhere && (!question.frame.applies.home || inside > home);
    }
    case 'check':
      return question.zone === null && event.result === 'absent';
    case 'device-status':
      return false;
    default:
      return event satisfies never;
  }
};

const isEvidence = (mark: Mark, { rule, question }: Watch, event: DeviceEvent): boolean => {
  const own = ruleCalled(rule)?.isEvidence;
  if (own !== undefined) return own(event, mark.openedAt);
  return question !== null && speaksFor(question, event);
};

/** What was set aside as impossible speaks for nothing that rests on where somebody was. */
const weighedFor = (watch: Watch, told: Told): readonly DeviceEvent[] => {
  const inputs = inputsOf(told, watch.about);
  const { plausibilityOf, plausibility } = told.supervision;
  const by = plausibilityOf?.[watch.about] ?? plausibility;
  return watch.question === null ? inputs : believedEvents(inputs, by);
};

/** The last events that spoke for it, up to the instant at which the rule said so. */
const evidenceFor = (mark: Mark, watch: Watch, inputs: readonly DeviceEvent[]): Evidence[] =>
  inputs
    .filter((event) =>
      isPast(mark)
        ? event.recordedAt >= mark.openedAt && event.recordedAt <= (mark.endedAt ?? 0)
        : event.recordedAt <= mark.foundAt && isEvidence(mark, watch, event),
    )
    .flatMap(asEvidence)
    .slice(-EVIDENCE_KEPT);

/** Whether it was over when it was found: what was heard meanwhile is what shows it. */
const isPast = ({ endedAt, foundAt }: Mark): boolean => endedAt !== null && endedAt <= foundAt;

const distanceOf = ({ question }: Watch, evidence: readonly Evidence[]) => {
  if (question === null) return null;
  const fix = evidence.findLast((piece) => piece.kind === 'fix');
  if (fix === undefined) return null;
  const metres =
    question.zone !== null
      ? depthMetres(question, fix) * (question.isInverted ? -1 : 1)
      : fromPlacesMetres(question, fix);
  return Math.round(metres * 10) / 10;
};

/** Of a list: the zone that the evidence leads deepest into, or shows the wearer nearest to. */
const zoneNameOf = (mark: Mark, { question }: Watch, evidence: readonly Evidence[]) => {
  const zone = question?.zone ?? null;
  const fixes = evidence.filter((piece) => piece.kind === 'fix');
  const [first, last] = [fixes[0], fixes.at(-1)];
  if (zone?.kind !== 'list' || first === undefined || last === undefined) return {};
  const onWay = isPast(mark) ? memberOnWay(zone, first, last) : null;
  const zoneName = onWay ?? memberNear(zone, last);
  return zoneName === null ? {} : { zoneName };
};

const statusOf = (change: Change): Violation['status'] =>
  change.kind === 'withdrawn' ? 'withdrawn' : change.mark.endedAt === null ? 'open' : 'ended';

export type Told = Readonly<{
  supervision: Supervision;
  /** Everything folded in this evaluation, in event time. */
  inputs: readonly DeviceEvent[];
  detectedAt: Instant;
  /** Of the wearer's state that it is saved with. */
  revision: number;
}>;

/** What a wearer's own devices said: where the other of a pair was is nobody's to read. */
const inputsOf = ({ supervision, inputs }: Told, about: WearerId): readonly DeviceEvent[] => {
  if (supervision.members === undefined) return inputs;
  const own = supervision.activations.filter(({ wearerId }) => wearerId === about);
  const ids = new Set(own.map(({ activationId }) => activationId));
  return inputs.filter(({ activationId }) => ids.has(activationId));
};

/** A violation in full, as it is put on record. Null where its condition has been lifted. */
export const violationOf = (change: Change, told: Told): Violation | null => {
  const { mark } = change;
  const watch = told.supervision.watches.find(({ watchId }) => watchId === mark.watchId);
  if (watch === undefined) return null;
  const isOfPair = watch.about !== told.supervision.wearer.wearerId;
  const evidence = evidenceFor(mark, watch, weighedFor(watch, told));
  const { violationId, reason, openedAt, endedAt, endReason, certainty, competing } = mark;
  const said = saidBy(watch.question, told.inputs, mark.foundAt);
  const until = mark.untilAt === undefined ? {} : { untilAt: mark.untilAt };
  return {
    violationId,
    wearerId: watch.about,
    orderId: watch.orderId,
    orderVersion: watch.orderVersion,
    conditionId: watch.condition.conditionId,
    conditionKind: watch.condition.kind,
    rule: watch.rule,
    revision: told.revision,
    status: statusOf(change),
    reason,
    openedAt,
    endedAt,
    endReason,
    detectedAt: told.detectedAt,
    certainty,
    competing,
    ...until,
    distanceMetres: isOfPair
      ? (mark.distanceMetres ?? null)
      : isPast(mark)
        ? null
        : distanceOf(watch, evidence),
    ...zoneNameOf(mark, watch, evidence),
    ...(said.length === 0 ? {} : { saidBy: said }),
    isLate: secondsBetween(mark.foundAt, told.detectedAt) > OLD_NEWS_SECONDS,
    isOldNews: endedAt !== null && secondsBetween(endedAt, told.detectedAt) > OLD_NEWS_SECONDS,
    evidence,
  };
};
