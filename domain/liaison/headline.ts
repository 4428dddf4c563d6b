import type { Severity } from '../model/severity.ts';
import { type LiaisonEvent, MOST_HEADLINE_CHARACTERS } from './event.ts';

const SEVERITY: Readonly<Record<Severity, string>> = {
  moderate: 'ALERT',
  severe: 'URGENT',
  extreme: 'URGENT HIGH RISK',
};

const RISK = { standard: '', high: 'high risk', 'very-high': 'very high risk' } as const;

/** What comes before everything else where it is not a call, or not real. */
const leadOf = ({ status, type, severity }: LiaisonEvent): string => {
  const real = status === 'Actual' ? '' : `${status.toUpperCase()} `;
  if (type === 'cancelled') return `${real}CANCELLED`;
  if (type === 'closed') return `${real}CLOSED`;
  return `${real}${type === 'updated' ? 'UPDATE ' : ''}${SEVERITY[severity]}`;
};

const riskOf = ({ risk }: LiaisonEvent): string => {
  if (risk === undefined) return '';
  const mappa = risk.mappa === null ? '' : `MAPPA ${risk.mappa.level}`;
  return [RISK[risk.level], mappa].filter((part) => part !== '').join(', ');
};

const whoOf = ({ person, wearerRef }: LiaisonEvent): string =>
  person?.name ?? (wearerRef === undefined ? '' : `wearer ${wearerRef}`);

const whatOf = ({ finding, place, class: about }: LiaisonEvent): string => {
  const what = finding?.what ?? about;
  return place === undefined ? what : `${what}: ${place.name}`;
};

const whenOf = ({ finding }: LiaisonEvent): string =>
  finding === undefined ? '' : `since ${finding.sinceLocal}`;

const powerOf = ({ power }: LiaisonEvent): string =>
  power === undefined ? '' : `Power of arrest ${power.arrest}`;

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('. ');

/** By whole characters, so that none is cut in two. */
const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
};

/**
 * At most 160 characters: risk first, then who, what, where, since when, and the power. Made of
 * what is disclosed alone. Where it is too long, the middle gives way, never risk or power.
 */
export const headlineOf = (event: LiaisonEvent): string => {
  const lead = joined([[leadOf(event), riskOf(event)].filter(Boolean).join(', ')]);
  const power = powerOf(event);
  const middle = joined([
    [whoOf(event), whatOf(event), whenOf(event)].filter((part) => part !== '').join(' '),
  ]);
  const room = MOST_HEADLINE_CHARACTERS - joined([lead, power]).length - 2;
  return joined([lead, cut(middle, room), power]);
};
