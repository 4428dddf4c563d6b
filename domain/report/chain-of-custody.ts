import type { Activation } from '../model/wearer.ts';
import type { Block } from './block.ts';
import type { Section } from './document.ts';
import { factsOf, missing, type Part, paragraph, section, tableOf, words } from './pieces.ts';
import type { Custody, WearerFacts } from './wearer-facts.ts';
import { atOr, type Words } from './words.ts';

type Stretch = Pick<Activation, 'startsAt' | 'endsAt'>;

const overlap = (a: Stretch, b: Stretch): boolean =>
  (b.endsAt === null || a.startsAt < b.endsAt) && (a.endsAt === null || b.startsAt < a.endsAt);

const untilWords = (endsAt: Activation['endsAt']): Words => atOr(endsAt, 'still assigned');

const heading = ({ newest }: Custody): string => `Device ${newest.deviceSerial}`;

/** From when on anything of it could be taken: what it recorded before was refused at the door. */
const registered = ({ registeredAt }: Activation): Words =>
  registeredAt === undefined
    ? 'not on record: it was assigned before that was kept'
    : { at: registeredAt };

/** Another person's device at the same time would make all of it doubtful. */
const elsewhereBlocks = ({ newest, elsewhere }: Custody): Block[] => {
  const both = elsewhere.filter((one) => overlap(one, newest));
  return [
    tableOf('When the same device was assigned to others', {
      columns: [words('From', 1), words('Until', 1)],
      rows: elsewhere.map(({ startsAt, endsAt }) => [{ at: startsAt }, untilWords(endsAt)]),
      whenEmpty: 'Never, as far as is on record.',
    }),
    ...(both.length === 0
      ? []
      : [
          missing(
            `For some time the record has this device on ${both.length === 1 ? 'another person' : 'other persons'} too`,
            'Whose events they are cannot be told by the device alone for that time.',
          ),
        ]),
  ];
};

const partOf = (custody: Custody): Part => {
  const { newest, versions } = custody;
  return {
    heading: heading(custody),
    blocks: [
      ...factsOf('As it stands', [
        ['Assignment', newest.activationId],
        ['Serial number', newest.deviceSerial],
        ['Head-end that speaks for it', newest.headEndId],
        ["Maker's batch", newest.deviceBatch ?? 'not stated'],
        ['On the wearer from', { at: newest.startsAt }],
        ['Until', untilWords(newest.endsAt)],
        ['Registered', registered(newest)],
      ]),
      tableOf('Each time that the assignment was put on record', {
        columns: [
          words('Version', 1),
          words('Put on record', 3),
          words('From', 3),
          words('Until', 3),
        ],
        rows: versions.map(({ version, changedAt, value }) => [
          ...[String(version), { at: changedAt }, { at: value.startsAt }],
          untilWords(value.endsAt),
        ]),
        whenEmpty: 'Its versions are not on record: it was put there before they were kept.',
      }),
      ...elsewhereBlocks(custody),
    ],
  };
};

const HOW = [
  'An event counts for a wearer only while its device is assigned to them; each is kept with the assignment that it came under.',
  'Who put a device on the wearer, and how it was checked, is known by the agency that fits it, and is not on this record.',
].join(' ');

/** Which device was on the wearer, from when until when, and since when that was on record. */
export const custodySection = ({ custody }: WearerFacts): Section =>
  section(
    'Chain of custody of the devices',
    custody.length === 0
      ? [
          missing(
            'No device was assigned to the wearer in this period',
            'No position of this period can be theirs.',
          ),
        ]
      : [paragraph(HOW)],
    custody.map(partOf),
  );
