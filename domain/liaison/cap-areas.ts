import type { ZoneArea } from '../model/zone-area.ts';
import type { LiaisonEvent } from './event.ts';
import { plainElement } from './plain-element.ts';
import { element, type XmlElement } from './xml.ts';

/** A quarter of the earth's girth: no accuracy says less than that. */
const MOST_RADIUS_KM = 10_000;

/** Whole metres, never less than was asked for. */
const radiusKm = (metres: number): string =>
  Math.min(MOST_RADIUS_KM, Math.ceil(metres) / 1_000).toFixed(3);

type Point = Readonly<{ lat: number; lon: number }>;

const circle = ({ lat, lon }: Point, radiusMetres: number): XmlElement =>
  plainElement('circle', `${lat.toFixed(6)},${lon.toFixed(6)} ${radiusKm(radiusMetres)}`);

/** As many digits as zones are kept with: rounded, edges that keep apart may touch. */
const CORNER_DIGITS = 7;

const polygon = (ring: readonly (readonly [lon: number, lat: number])[]): XmlElement =>
  plainElement(
    'polygon',
    ring
      .map(([lon, lat]) => `${lat.toFixed(CORNER_DIGITS)},${lon.toFixed(CORNER_DIGITS)}`)
      .join(' '),
  );

const shapeOf = (area: ZoneArea): XmlElement =>
  area.type === 'Polygon' ? polygon(area.coordinates[0]) : circle(area.centre, area.radiusMetres);

/** By name, as far as that is disclosed. */
const described = (what: string, { place }: LiaisonEvent): XmlElement =>
  plainElement('areaDesc', place === undefined ? what : `${what} (${place.name})`);

const zoneOf = (event: LiaisonEvent): XmlElement[] => {
  const { area } = event;
  if (area === undefined) return [];
  const isAround = area.type === 'Circle' && area.shows === 'around';
  const what = isAround ? 'The zone lies within' : 'The zone';
  return [element('area', [described(what, event), shapeOf(area)])];
};

/** The circle is the accuracy; of radius 0, a point, where nobody measured it. */
const positionOf = (event: LiaisonEvent): XmlElement[] => {
  const { position } = event;
  if (position == null) return [];
  const round = circle(position, position.accuracyMetres ?? 0);
  return [element('area', [described('Last known position', event), round])];
};

/**
 * Where it is, as far as that is disclosed: the last position, then the zone, each an area of its
 * own; and a place by its name alone where neither is there.
 */
export const areasOf = (event: LiaisonEvent): XmlElement[] => {
  const areas = [...positionOf(event), ...zoneOf(event)];
  if (areas.length > 0 || event.place === undefined) return areas;
  return [element('area', [plainElement('areaDesc', event.place.name)])];
};
