import type { Instant } from '../model/instant.ts';
import { isoInstantSchema } from '../model/instant.ts';
import { CAP_MEDIA_TYPE, capSenderOf } from './cap.ts';
import type { LiaisonEvent } from './event.ts';
import { plainText } from './plain-text.ts';
import { element, writeXml, type XmlElement } from './xml.ts';

/** The media type of RFC 4287. */
export const ATOM_MEDIA_TYPE = 'application/atom+xml';

const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';

/** An event in a recipient's feed, and where it can be had as a message of CAP. */
export type IndexEntry = Readonly<{ event: LiaisonEvent; capUrl: string }>;

/** The index: whose it is, where it is, and what it lists. */
export type AtomIndex = Readonly<{
  agency: string;
  liaisonId: string;
  selfUrl: string;
  /** Read at: the index's own time where nothing is in it. */
  readAt: string;
  entries: readonly IndexEntry[];
}>;

/**
 * The incidents that stand now, each by its latest event: neither cancelled nor closed, and not
 * expired. Those of events in the order in which they were given.
 */
export const currentEntries = (entries: readonly IndexEntry[], now: Instant): IndexEntry[] => {
  const latest = new Map<string, IndexEntry>();
  for (const entry of entries) {
    const known = latest.get(entry.event.incidentId);
    if (known !== undefined && known.event.sequence > entry.event.sequence) continue;
    latest.set(entry.event.incidentId, entry);
  }
  return [...latest.values()].filter(
    ({ event }) =>
      (event.type === 'raised' || event.type === 'updated') &&
      isoInstantSchema.parse(event.expiresAt) > now,
  );
};

const category = (scheme: string, term: string): XmlElement =>
  element('category', '', { scheme: `urn:homeward:${scheme}`, term });

const entryOf = ({ event, capUrl }: IndexEntry): XmlElement =>
  element('entry', [
    // The incident's, so that a reader sees its next event as a newer state of the same entry.
    element('id', `${capSenderOf(event)}:incident:${event.incidentId}`),
    element('title', plainText(event.headline)),
    element('updated', event.issuedAt),
    element('link', '', { rel: 'alternate', type: CAP_MEDIA_TYPE, href: capUrl }),
    category('status', event.status),
    category('class', event.class),
    category('severity', event.severity),
  ]);

const newest = (readAt: string, entries: readonly IndexEntry[]): string =>
  entries.reduce((at, { event }) => (event.issuedAt > at ? event.issuedAt : at), '') || readAt;

/** An Atom 1.0 index (RFC 4287) of a recipient's incidents, each with a link to its message. */
export const atomOf = ({ agency, liaisonId, selfUrl, readAt, entries }: AtomIndex): string =>
  writeXml(
    element(
      'feed',
      [
        element('id', `${capSenderOf({ agency })}:feed:${encodeURIComponent(liaisonId)}`),
        element('title', plainText(`Current incidents for ${liaisonId}`)),
        element('updated', newest(readAt, entries)),
        element('author', [element('name', plainText(agency))]),
        element('link', '', { rel: 'self', type: ATOM_MEDIA_TYPE, href: selfUrl }),
        ...entries.map(entryOf),
      ],
      { xmlns: ATOM_NAMESPACE },
    ),
  );
