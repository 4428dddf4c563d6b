import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableCapacity } from '#lib/thresholds.ts';
import {
  type Measured,
  monthlyCost,
  type Question,
  SECONDS_A_MONTH,
  usdOfParts,
} from '#local/meter/cost.ts';
import type { MeteredPlace } from '#local/meter/meter.ts';
import { usdFor } from '#local/meter/prices.ts';
import type { StandingStack } from '#local/meter/standing-stack.ts';
import type { MeteredRow, UsageEntry } from '#local/meter/usage.ts';

const entry = (row: MeteredRow, amount: number, place: Partial<MeteredPlace> = {}): UsageEntry => ({
  ...{ row, amount, by: 'evaluate', what: 'x', on: '' },
  ...place,
});

const bare: StandingStack = { months: [], throughputs: [], traces: false };

const measuredOf = (
  entries: readonly UsageEntry[],
  more: Partial<Omit<Measured, 'usage'>> = {},
): Measured => ({
  usage: { spanSeconds: 600, entries, standing: [] },
  ...{ standing: bare, uploads: 100, fixes: 400, alerts: 10 },
  ...more,
});

const question: Question = {
  ...{ wearers: 1000, fixEverySeconds: 60, uploadEverySeconds: 60, alertsAMonth: 2 },
  billing: 'on-demand',
};

const MINUTES_A_MONTH = SECONDS_A_MONTH / 60;

describe('given what was metered', () => {
  it('scales telemetry by uploads', () => {
    const measured = measuredOf([entry('lambda.request', 300, { by: 'ingest' })]);
    const [line, ...others] = monthlyCost(measured, question);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ part: 'telemetry', service: 'Lambda', what: 'requests' });
    expect(line?.usd).toBeCloseTo(usdFor('lambda.request', 3 * MINUTES_A_MONTH * 1000), 9);
    const seldom = monthlyCost(measured, { ...question, uploadEverySeconds: 240 });
    expect(usdOfParts(seldom)).toBeCloseTo(usdOfParts([line ?? never()]) / 4, 9);
  });

  it('scales by fixes what is written as they add up, and by time what the sweep does', () => {
    const slices = entry('dynamodb.read-unit', 8, { on: 'Trail' });
    const swept = entry('lambda.request', 10, { by: 'sweep' });
    const measured = measuredOf([slices, swept]);
    const often = monthlyCost(measured, question);
    expect(usdOfParts(often, 'telemetry')).toBeCloseTo(
      usdFor('dynamodb.read-unit', (8 / 400) * MINUTES_A_MONTH * 1000),
      9,
    );
    expect(usdOfParts(often, 'stack')).toBeCloseTo(usdFor('lambda.request', MINUTES_A_MONTH), 12);
    const seldom = monthlyCost(measured, { ...question, uploadEverySeconds: 240 });
    expect(seldom).toEqual(often);
  });

  it('scales alerts by their number, their text messages apart', () => {
    const measured = measuredOf([
      entry('sms.part.GB', 20, { by: 'sns' }),
      entry('sns.request', 30, { by: 'notify' }),
    ]);
    const lines = monthlyCost(measured, question);
    expect(usdOfParts(lines, 'text messages')).toBeCloseTo(2 * 2 * 1000 * 0.04, 9);
    expect(usdOfParts(lines, 'alerts')).toBeCloseTo(usdFor('sns.request', 3 * 2 * 1000), 12);
    expect(monthlyCost(measuredOf(measured.usage.entries, { alerts: 0 }), question)).toEqual([]);
  });

  it('takes for a part of its alert what evaluate writes of what it found', () => {
    const found = entry('dynamodb.write-unit', 30, { on: 'Record' });
    const looked = entry('dynamodb.read-unit', 30, { on: 'Monitoring' });
    const lines = monthlyCost(measuredOf([found, looked]), question);
    expect(lines.map(({ part, what }) => [part, what]).toSorted()).toEqual([
      ['alerts', 'writes'],
      ['telemetry', 'reads'],
    ]);
  });

  it('leaves out what people ask, calls as such, and whoever runs the local cloud', () => {
    const entries = [
      entry('http-api.request', 100, { by: 'api' }),
      entry('sdk.call', 100),
      entry('sqs.message', 100),
      entry('dynamodb.write-unit', 100, { by: 'operator' }),
    ];
    expect(monthlyCost(measuredOf(entries), question)).toEqual([]);
  });

  it('pays for capacity at seventy per cent of use when it is provisioned', () => {
    const measured = measuredOf([entry('dynamodb.write-unit', 100, { on: 'State' })]);
    const lines = monthlyCost(measured, { ...question, billing: 'provisioned' });
    const unitsASecond = 1000 / 60 / 0.7;
    const paid = usdFor('dynamodb.write-capacity', unitsASecond * 730);
    expect(usdOfParts(lines)).toBeCloseTo(paid, 6);
  });

  it('pays for the least capacity where little is used', () => {
    const standing = { ...bare, throughputs: ['State', 'State/due', 'Record'] };
    const lines = monthlyCost(measuredOf([], { standing }), {
      ...question,
      billing: 'provisioned',
    });
    const hours = 3 * tableCapacity.minimum * 730;
    const least =
      usdFor('dynamodb.write-capacity', hours) + usdFor('dynamodb.read-capacity', hours);
    expect(usdOfParts(lines, 'stack')).toBeCloseTo(least, 9);
  });

  it('pays for it in each table and index, however busy another is', () => {
    const standing = { ...bare, throughputs: ['State', 'State/due'] };
    const busy = entry('dynamodb.write-unit', 100_000, { on: 'State' });
    const asked = { ...question, billing: 'provisioned' } as const;
    const hours = tableCapacity.minimum * 730;
    const least =
      usdFor('dynamodb.write-capacity', hours) + usdFor('dynamodb.read-capacity', 2 * hours);
    const lines = monthlyCost(measuredOf([busy], { standing }), asked);
    expect(usdOfParts(lines, 'stack')).toBeCloseTo(least, 9);
  });

  it('records the first trace of a second, and a twentieth of the others', () => {
    const standing = { ...bare, traces: true };
    const measured = measuredOf([entry('lambda.request', 100)], { standing });
    const asked = { ...question, wearers: 60 * 21 };
    const traces = monthlyCost(measured, asked).find(({ service }) => service === 'X-Ray');
    expect(traces?.usd).toBeCloseTo(usdFor('xray.trace', 2 * SECONDS_A_MONTH), 6);
  });

  it('keeps the trail for a month and then in the archive, and the record in its table', () => {
    const entries = [
      entry('dynamodb.stored', 400_000, { on: 'Trail' }),
      entry('dynamodb.stored', 1_000_000, { on: 'State' }),
    ];
    const lines = monthlyCost(measuredOf(entries), question);
    const gibibytes = (1000 * MINUTES_A_MONTH * 1000) / 2 ** 30;
    const whats = Object.fromEntries(lines.map(({ what, usd }) => [what, usd / gibibytes]));
    expect(whats.archive).toBeCloseTo(0.024 * (72 - 33 / (365 / 12)), 3);
    expect(whats.storage).toBeCloseTo(0.25 * 1.188 * (33 / (365 / 12)), 3);
  });
});

const rows = [
  ...(['dynamodb.write-unit', 'dynamodb.read-unit', 'sqs.request', 'lambda.gb-second'] as const),
  ...(['http-api.request', 'logs.ingested', 'sns.request'] as const),
];
const callers = ['ingest', 'evaluate', 'escalate', 'notify', 'sweep', 'authorize', 'api'];
const anyEntry = fc
  .record({
    row: fc.constantFrom(...rows),
    by: fc.constantFrom(...callers),
    on: fc.constantFrom('', 'State', 'Trail', 'Record', 'Monitoring/due'),
    amount: fc.double({ min: 0, max: 1e6, noNaN: true }),
  })
  .map(({ row, amount, ...place }) => entry(row, amount, place));
const anyEntries = fc.array(anyEntry, { maxLength: 12 });
const anyQuestion = fc.record({
  wearers: fc.integer({ min: 1, max: 1_000_000 }),
  fixEverySeconds: fc.constant(60),
  uploadEverySeconds: fc.constantFrom(60, 240, 900),
  alertsAMonth: fc.integer({ min: 0, max: 50 }),
  billing: fc.constantFrom('on-demand', 'provisioned'),
});

const total = (entries: readonly UsageEntry[], asked: Question): number =>
  usdOfParts(monthlyCost(measuredOf(entries), asked));

describe('given anything metered', () => {
  it('costs as much together as apart', () => {
    fc.assert(
      fc.property(anyEntries, anyEntries, anyQuestion, (a, b, asked) => {
        const apart = total(a, asked) + total(b, asked);
        // Objects of the archive are a day's, however much is in them: counted twice when apart.
        const writesTrail = (entries: readonly UsageEntry[]) =>
          entries.some(({ row, on }) => row === 'dynamodb.write-unit' && on === 'Trail');
        fc.pre(!(writesTrail(a) && writesTrail(b)));
        expect(total([...a, ...b], asked)).toBeCloseTo(
          apart,
          Math.max(0, 6 - Math.ceil(Math.log10(apart + 1))),
        );
      }),
    );
  });

  it('never costs less with more of it, or for more wearers', () => {
    fc.assert(
      fc.property(anyEntries, anyEntry, anyQuestion, (entries, more, asked) => {
        const cost = total(entries, asked);
        const slack = cost * 1e-9;
        expect(total([...entries, more], asked)).toBeGreaterThanOrEqual(cost - slack);
        const wider = { ...asked, wearers: asked.wearers * 2 };
        expect(total(entries, wider)).toBeGreaterThanOrEqual(cost - slack);
      }),
    );
  });

  it('has a fixed part that neither messages nor wearers change', () => {
    const standing = { ...bare, months: [{ row: 'kms.key', what: 'keys', amount: 4 }] } as const;
    fc.assert(
      fc.property(anyEntries, anyQuestion, (entries, asked) => {
        const sent = entries.filter(({ by }) => by !== 'sweep');
        const lines = monthlyCost(measuredOf(sent, { standing }), asked);
        expect(usdOfParts(lines, 'stack')).toBe(4);
      }),
    );
  });
});

const never = (): never => {
  throw new Error('There is no line.');
};
