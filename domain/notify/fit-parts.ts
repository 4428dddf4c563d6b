import type { Page } from '../model/alert.ts';
import { smsParts } from './gsm-text.ts';

const cut = (name: string, letters: number): string =>
  name.length <= letters ? name : `${name.slice(0, letters - 3).trimEnd()}...`;

/** "J Bloggs": who is meant is told by the reference beside it. */
const initialled = (name: string): string => {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return rest.length === 0 ? first : `${first.slice(0, 1)} ${rest.join(' ')}`;
};

/** How many letters names keep, and whether it is said how far somebody is from a place. */
type Lengths = Readonly<{ name: number; place: number; distance: boolean }>;

const WHOLE: Lengths = {
  name: Number.POSITIVE_INFINITY,
  place: Number.POSITIVE_INFINITY,
  distance: true,
};

/** The same in fewer letters: left out are the rest of names, and what else it could be. */
const shorter = (page: Page, { name, place, distance }: Lengths): Page => {
  const { facts } = page;
  const shortPlace = (label: string | null) => (label === null ? null : cut(label, place));
  return {
    ...page,
    facts: {
      ...facts,
      wearerName: cut(initialled(facts.wearerName), name),
      zoneName: shortPlace(facts.zoneName),
      placeLabel: shortPlace(facts.placeLabel),
      violation: {
        ...facts.violation,
        competing: null,
        ...(distance ? {} : { distanceMetres: null }),
      },
    },
  };
};

/** So far names are cut, one after another, and no further: they still say who and where. */
const CUTS: readonly Lengths[] = [
  WHOLE,
  { name: 24, place: 40, distance: true },
  { name: 16, place: 24, distance: true },
  { name: 12, place: 16, distance: false },
];

/**
 * A page's text in one part where it fits one, be it with names cut; else whole, if it fits two;
 * else with names cut as far as two parts need.
 */
export const fitParts = (page: Page, write: (page: Page) => string): string => {
  const whole = write(page);
  if (smsParts(whole) === 1) return whole;
  const cuts = CUTS.map((lengths) => write(shorter(page, lengths)));
  const one = cuts.find((text) => smsParts(text) === 1);
  if (one !== undefined) return one;
  if (smsParts(whole) === 2) return whole;
  return cuts.find((text) => smsParts(text) === 2) ?? cuts.at(-1) ?? whole;
};
