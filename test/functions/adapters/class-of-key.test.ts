import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classOfDocument, classOfEntry } from '#functions/adapters/dynamodb/class-of-key.ts';

const FOLDER = 'functions/adapters/dynamodb';

/** What keys in a wearer's partition begin with, as their files write them. */
const sortKeys = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => /keys\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
      const constants = new Map(
        [...text.matchAll(/const (\w+) = '([^']+)'/g)].map(([, name, value]) => [name, value]),
      );
      const ofWearer = [...text.matchAll(/pk: wearerPk\(\w+\),[^}]*?sk: ([^\n]+?),?\s*\}/g)];
      return ofWearer.map(([, sk = '']) =>
        sk
          .replace(/\$\{(\w+)\}/g, (all, name) => constants.get(name) ?? all)
          .replace(/^\w+$/, (name) => constants.get(name) ?? name)
          .replace(/[`',]/g, '')
          .replace(/\$\{.*$/, ''),
      );
    });

/** Of the record, of the trail, or erased by their own rules. */
const ELSEWHERE = /^$|^(SLICE|LATE|ASIDE)#|^RETENTION_(GUARD|ERASING)$/;

describe('what lies in the partition of a wearer', () => {
  it('is of a class, whatever the key', () => {
    const keys = sortKeys().filter((key) => !ELSEWHERE.test(key));
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter((key) => classOfDocument(key) === null)).toEqual([]);
  });

  it('is of the class of what it is a version of, or waits to tell of', () => {
    expect(classOfDocument('VERSION#ORDER#o-1#00000001')).toBe('wearer');
    expect(classOfDocument('OUTBOX#NUDGE#w-1.home')).toBe('texts');
    expect(classOfDocument('OUTBOX#MEMBER_OF#pair-1#w-1#o-1#00000001')).toBe('wearer');
    expect(classOfDocument('VERSION#WEARER_DECISION#d-1#00000001')).toBe('decisions');
    expect(classOfDocument('WEARER#NOW')).toBe('wearer');
  });

  it('stays where nobody has given it a class', () => {
    expect(classOfDocument('SOMETHING#else')).toBeNull();
  });
});

describe('an entry of the record', () => {
  it.each([
    ['2026-06-01T00:00:00.000Z#EVALUATE#00000001#opened#v-1', 'record'],
    ['2026-06-01T00:00:00.000Z#DISCLOSE#kent#e-1', 'disclosures'],
    ['2026-06-01T00:00:00.000Z#NOTE#n-1#1', 'decisions'],
    ['2026-06-01T00:00:00.000Z#LEVEL#l-1#1', 'plans'],
    ['ASIDE#2026-06-01T00:00:00.000Z#x', 'trail'],
    ['2032-06-01T00:00:00.000Z#ERASED#trail#3-1', null],
  ])('%s is of class %s', (sk, dataClass) => {
    expect(classOfEntry(sk)).toBe(dataClass);
  });
});
