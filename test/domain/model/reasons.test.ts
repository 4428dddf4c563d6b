import { expect, it } from 'vitest';
import { CASEWORK_REASONS } from '#domain/model/casework-reasons.ts';
import { NUDGE_REASONS } from '#domain/model/nudge-reasons.ts';
import { WHEREABOUTS_REASONS } from '#domain/model/whereabouts-reasons.ts';

it('names no reason twice among the kinds of reasons', () => {
  const kinds = [WHEREABOUTS_REASONS, NUDGE_REASONS, CASEWORK_REASONS];

  const names = kinds.flatMap((kind) => Object.keys(kind));

  expect(names).toEqual([...new Set(names)]);
});
