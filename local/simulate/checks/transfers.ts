import type { Violation } from '#domain/model/violation.ts';
import type { Change } from '../dynamodb/table.ts';
import type { Said } from '../world/outside.ts';
import { alertChangesOf } from './alert-rows.ts';
import type { MakeCheck } from './check.ts';
import { feedChangeOf, type InFeed, isEnd } from './feed-rows.ts';
import { MOST_LATE_MILLISECONDS, SKEW_MILLISECONDS, wasTroubled } from './trouble.ts';

/** Clocks outside are this far apart at most: what contradicts itself within it is a refusal. */
const APART_MILLISECONDS = 300_000;
const MOST_SPELLS = 3;
const LONG_AGO_MILLISECONDS = 600_000;

const ACCEPTS: readonly string[] = ['accept', 'complete'];
const REFUSES: readonly string[] = ['reject', 'abort'];
const STANDS: Readonly<Record<string, string>> = {
  ...{ accept: 'accepted', complete: 'completed', reject: 'rejected', abort: 'aborted' },
};

/** A spell in which people here are called, for nobody there has it in hand. */
type Spell = { readonly violationId: string; isOpen: boolean };

type Incident = {
  readonly acceptSeconds: number;
  /** When it was raised, or raised again; when it was over; and when it was over before that. */
  askedAt: number;
  overAt: number | null;
  overBefore: number;
  said: Said[];
  spells: Spell[];
};

const latest = (said: readonly Said[], kinds: readonly string[]): Said | null =>
  said
    .filter(({ what }) => kinds.includes(what))
    .reduce<Said | null>((last, one) => (last === null || one.at >= last.at ? one : last), null);

/** What they were answered to have said, since it was raised. */
const counted = ({ said, askedAt, overBefore }: Incident): Said[] =>
  said.filter(
    ({ status, startedAt, at }) => status === 200 && startedAt >= askedAt && at > overBefore,
  );

/** What stands in the end: the refusal, unless the acceptance is clearly later. */
const standing = (incident: Incident): Said | null => {
  const said = counted(incident);
  const [accepted, refused] = [latest(said, ACCEPTS), latest(said, REFUSES)];
  if (accepted === null || refused === null) return accepted ?? refused;
  return accepted.at > refused.at + APART_MILLISECONDS ? accepted : refused;
};

/** Whether nobody can say what was taken: no answer came, or it was raised again meanwhile. */
const isUnsure = ({ said, askedAt }: Incident): boolean =>
  said.some(
    ({ status, startedAt, answeredAt }) =>
      status === null || (startedAt <= askedAt && answeredAt >= askedAt),
  );

const spellOf = ({ key, after }: Change): Violation | null => {
  if (after?.entity?.S !== 'VIOLATION' || !key.sk?.S?.startsWith('RAISED#')) return null;
  const violation: Violation = JSON.parse(after.body?.S ?? '{}');
  return violation.transfer === undefined ? null : violation;
};

/** I38: who has to accept and does not has people here called; who does, lets them go. */
export const transfers: MakeCheck = (watch) => {
  const { report, saw } = watch;
  const incidents = new Map<string, Incident>();
  const openAlerts = new Map<string, string>();

  const onAppended = ({ event, appendedAt }: InFeed): void => {
    const { incidentId, recipient, type } = event;
    const one = watch.plan.office.outsiders.find(({ liaisonId }) => liaisonId === recipient);
    if (one === undefined || one.acceptance === null) return;
    const { acceptSeconds } = one.acceptance;
    const known = incidents.get(incidentId) ?? {
      ...{ acceptSeconds, askedAt: appendedAt, overAt: null, overBefore: 0, said: [], spells: [] },
    };
    incidents.set(incidentId, known);
    if (isEnd({ type })) known.overAt ??= appendedAt;
    else if (known.overAt !== null) {
      saw('transfer: asked again');
      Object.assign(known, { askedAt: appendedAt, overBefore: known.overAt, overAt: null });
      known.spells = [];
    }
  };

  const checkBegun = (incident: Incident, id: string): void => {
    saw('transfer: people called');
    const dueAt = incident.askedAt + incident.acceptSeconds * 1000;
    const at = watch.now();
    if (incident.overAt !== null) report('I38 what is over calls nobody', id);
    if (incident.spells.length === MOST_SPELLS) saw('transfer: third spell');
    if (incident.spells.length > MOST_SPELLS) report('I38 three spells at most', id);
    const isSaid = pending.get(id) ?? 0;
    if (at < dueAt - SKEW_MILLISECONDS && isSaid === 0) {
      report('I38 people are called for a cause', id);
    }
    const isLate = at > dueAt + MOST_LATE_MILLISECONDS && isSaid === 0;
    if (isLate && !wasTroubled(watch.faults, dueAt, at))
      report('I38 people are called in time', id);
  };

  /** How much was said of an incident by now that may be why people are called. */
  const pending = new Map<string, number>();
  /** How much was said of an incident and is not answered yet. */
  const underWay = new Map<string, number>();

  const onSpell = ({ violationId, status, transfer }: Violation) => {
    const id = transfer?.incidentId ?? '';
    const incident = incidents.get(id);
    if (incident === undefined) return report('I38 people are called about what was sent', id);
    const known = incident.spells.find((one) => one.violationId === violationId);
    if (known === undefined) {
      incident.spells.push({ violationId, isOpen: status === 'open' });
      checkBegun(incident, id);
    } else {
      const isLetGo = status !== 'open' && known.isOpen;
      if (isLetGo) saw('transfer: let go');
      if (isLetGo && incident.spells.length >= MOST_SPELLS && incident.overAt === null) {
        report('I38 who wavers is believed twice', id);
      }
      known.isOpen = status === 'open';
    }
  };

  const checkAnswer = (incident: Incident, said: Said): void => {
    const { what, startedAt, incidentId } = said;
    // What was said meanwhile may be taken already, and not be answered yet.
    const isAnother = (underWay.get(incidentId) ?? 0) > 0;
    const overlaps =
      isAnother || incident.said.some((one) => one !== said && one.answeredAt >= startedAt);
    if (overlaps || isUnsure(incident) || incident.overAt !== null || !(what in STANDS)) return;
    const { changes: [change] = [] } = JSON.parse(said.body);
    const stands = standing(incident);
    const wanted = stands === null ? null : STANDS[stands.what];
    if (change.stands !== wanted && counted(incident).length === 1) {
      report('I38 who answers is told what stands', `${incidentId}: ${change.stands}`);
    }
    const isRefused = stands !== null && REFUSES.includes(stands.what);
    if (isRefused && !change.peopleCalled) report('I38 a refusal calls people', incidentId);
  };

  const checkEnd = (id: string, incident: Incident) => {
    const { overAt, askedAt, acceptSeconds, spells } = incident;
    const isOpen = spells.some((one) => one.isOpen);
    if (overAt !== null) {
      if (isOpen) report('I38 what is over calls nobody', id);
      return;
    }
    if (isUnsure(incident)) return saw('transfer: unsure');
    const stands = standing(incident);
    if (stands !== null && ACCEPTS.includes(stands.what)) {
      saw('transfer: taken');
      if (isOpen && spells.length < MOST_SPELLS) report('I38 who accepts lets people go', id);
      return;
    }
    saw(stands === null ? 'transfer: unanswered' : 'transfer: refused');
    const isYoung = watch.now() - askedAt < acceptSeconds * 1000 + LONG_AGO_MILLISECONDS;
    if (!isOpen && !isYoung) report('I38 people are called where nobody accepts', id);
  };

  return {
    onCommit: ({ changes }) => {
      for (const change of changes) {
        const found = feedChangeOf(change);
        if (found?.was === null) onAppended(found.is);
      }
      for (const change of changes) {
        const spell = spellOf(change);
        if (spell !== null) onSpell(spell);
      }
      for (const { is } of alertChangesOf(changes)) openAlerts.set(is.violationId, is.status);
    },
    onSays: ({ incidentId, what, code }) => {
      const isCause = what === 'reject' || what === 'abort' || (code ?? 'stored') !== 'stored';
      pending.set(incidentId, (pending.get(incidentId) ?? 0) + (isCause ? 1 : 0));
      underWay.set(incidentId, (underWay.get(incidentId) ?? 0) + 1);
    },
    onSaid: (said) => {
      underWay.set(said.incidentId, (underWay.get(said.incidentId) ?? 1) - 1);
      const incident = incidents.get(said.incidentId);
      if (incident === undefined || said.what === 'ack' || said.what === 'receipt') return;
      saw(`transfer: ${said.what} ${said.status}`);
      incident.said.push(said);
      if (said.status === 200) checkAnswer(incident, said);
    },
    atEnd: () => {
      for (const [id, incident] of incidents) checkEnd(id, incident);
      for (const { spells } of incidents.values()) {
        for (const { violationId, isOpen } of spells) {
          const status = openAlerts.get(violationId);
          if (!isOpen && status !== undefined && status !== 'closed') {
            report('I38 who accepts lets people go', `${violationId}: ${status}`);
          }
          if (isOpen && status === undefined) report('I38 people are called', violationId);
        }
      }
    },
  };
};
