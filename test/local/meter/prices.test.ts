import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRICES, PRICES_AS_OF, readPrices, usdFor } from '#local/meter/prices.ts';

const FOLDER = new URL('../../../local/meter/', import.meta.url);

const sources = readdirSync(FOLDER)
  .filter((name) => name !== 'prices.ts')
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  .join('\n');

describe('the list of prices', () => {
  it('has a source, a day and a price in each row', () => {
    const prices = Object.entries(readPrices());
    expect(prices.length).toBeGreaterThan(30);
    for (const [row, { usd, source }] of prices) {
      expect(usd, row).toBeGreaterThan(0);
      expect(source, row).toMatch(/^https:\/\//);
    }
  });

  it('says when it was last looked at', () => {
    const days = Object.values(readPrices())
      .filter(({ source }) => source.includes('pricing.us-east-1.amazonaws.com/offers'))
      .map(({ asOf }) => asOf);
    expect(days.toSorted().at(-1)?.slice(0, 7)).toBe(PRICES_AS_OF.slice(0, 7));
  });

  it('is used row by row', () => {
    const isUsed = (row: string): boolean =>
      sources.includes(`'${row}'`) ||
      (row.startsWith('sms.part.') && sources.includes('sms.part.'));
    expect(Object.keys(PRICES).filter((row) => !isUsed(row))).toEqual([]);
  });

  it('prices by the unit of each row', () => {
    expect(usdFor('sqs.request', 1_000_000)).toBeCloseTo(0.4, 12);
    expect(usdFor('kms.key', 4)).toBe(4);
    expect(usdFor('logs.ingested', 2 ** 30)).toBeCloseTo(0.5985, 12);
    expect(usdFor('dynamodb.write-unit', 1_000_000)).toBeCloseTo(0.625 * 1.188, 12);
  });
});
