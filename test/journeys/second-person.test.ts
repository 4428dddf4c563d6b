import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { closeOffice, press, read, toldNow } from './messages.ts';
import { minute, OFFICER, ON_CALL, openOffice, stayOut } from './office.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice({
    policy: { secondPersonFor: ['severe'] },
    order: { riskLevel: 'very-high' },
  });
  await stayOut(office);
});
afterEach(() => closeOffice(office));

describe('an alert of which two people have to know', () => {
  it('goes on to the next when one has taken it, and rests when a second has', async () => {
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    const first = await read(office, page?.text ?? '');
    expect(first.body).toContain('A second person has to take it as well');
    await office.advanceTo(minute(11));
    const second = office.takeSent();
    expect(second.map(({ to }) => to)).toEqual([ON_CALL]);
    expect((await press(office, second[0]?.text ?? '')).statusCode).toBe(303);
    await office.advanceTo(minute(60));
    expect(office.takeSent()).toEqual([]);
  });

  it('is told again to both when they let it lie', async () => {
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    await office.advanceTo(minute(11));
    const [second] = office.takeSent();
    await press(office, second?.text ?? '');
    await office.advanceTo(minute(11 + 60 + 3));
    expect(toldNow(office)).toEqual([ON_CALL]);
  });
});

describe('whoever has taken it', () => {
  it('is named to the next who follows a link, and takes it no second time', async () => {
    const [page] = office.takeSent();
    await press(office, page?.text ?? '');
    const again = await press(office, page?.text ?? '');
    expect(again.statusCode).toBe(303);
    expect((await read(office, page?.text ?? '')).body).toContain('Taken by officer');
    await office.advanceTo(minute(11));
    expect(toldNow(office)).not.toContain(OFFICER);
  });
});
