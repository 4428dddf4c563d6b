import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agencyIdSchema,
  alertIdSchema,
  orderIdSchema,
  tokenIdSchema,
  wearerIdSchema,
} from '#domain/model/ids.ts';
import {
  alertKey,
  allDueShards,
  dueShard,
  noticeKey,
  orderKey,
  outboxKey,
  sharedKey,
  statePk,
  tokenKey,
  versionKey,
  wearerKey,
  wearerOf,
} from '#functions/adapters/dynamodb/keys.ts';

const ids = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

describe('every key', () => {
  it('begins with the agency, so that no other agency’s item can be meant', () => {
    fc.assert(
      fc.property(ids, ids, ids, (agency, wearer, other) => {
        const agencyId = agencyIdSchema.parse(agency);
        const ref = { agencyId, wearerId: wearerIdSchema.parse(wearer) };
        const pks = [
          statePk(ref),
          wearerKey(ref).pk,
          orderKey(ref, orderIdSchema.parse(other)).pk,
          sharedKey(agencyId, 'ZONE', other).pk,
          alertKey(agencyId, alertIdSchema.parse(other)).pk,
          tokenKey(agencyId, tokenIdSchema.parse(other)).pk,
        ];
        for (const pk of pks) expect(pk.startsWith(`${agency}#`)).toBe(true);
      }),
    );
  });

  it('of the state names its wearer again', () => {
    fc.assert(
      fc.property(ids, ids, (agency, wearer) => {
        const agencyId = agencyIdSchema.parse(agency);
        const ref = { agencyId, wearerId: wearerIdSchema.parse(wearer) };
        expect(wearerOf(statePk(ref))).toEqual(ref);
      }),
    );
  });

  it('sorts versions and pages as numbers', () => {
    const key = { pk: 'p', sk: 'CURRENT' };
    const versions = [2, 10, 9, 100].map((version) => versionKey(key, version).sk);
    expect([...versions].sort()).toEqual([2, 9, 10, 100].map((v) => versionKey(key, v).sk));
    expect(outboxKey('p', 9).sk < outboxKey('p', 10).sk).toBe(true);
    expect(noticeKey(key, 9).sk < noticeKey(key, 10).sk).toBe(true);
  });
});

describe('the shards of what is due', () => {
  it('hold everything, and each its share', () => {
    const names = Array.from({ length: 4_000 }, (_, i) => `demo#w-${i}`);
    const counts = Map.groupBy(names, dueShard);
    expect([...counts.keys()].sort()).toEqual(allDueShards());
    for (const share of counts.values()) expect(share.length).toBeGreaterThan(700);
  });
});
