import type { HolidaysBody } from '../world.ts';

type Day = readonly [date: string, name: string];

const document = (holidaysId: string, name: string, days: readonly Day[]): HolidaysBody => ({
  ...{ holidaysId, name },
  days: days.map(([date, dayName]) => ({ date, name: dayName })),
});

const ENGLAND_AND_WALES: readonly Day[] = [
  ['2026-01-01', "New Year's Day"],
  ['2026-04-03', 'Good Friday'],
  ['2026-04-06', 'Easter Monday'],
  ['2026-05-04', 'Early May'],
  ['2026-05-25', 'Spring'],
  ['2026-08-31', 'Summer'],
  ['2026-12-25', 'Christmas Day'],
  ['2026-12-28', 'Boxing Day, in its place'],
  ['2027-01-01', "New Year's Day"],
  ['2027-03-26', 'Good Friday'],
  ['2027-03-29', 'Easter Monday'],
  ['2027-05-03', 'Early May'],
  ['2027-05-31', 'Spring'],
  ['2027-08-30', 'Summer'],
  ['2027-12-27', 'Christmas Day, in its place'],
  ['2027-12-28', 'Boxing Day, in its place'],
  ['2028-01-03', "New Year's Day, in its place"],
  ['2028-04-14', 'Good Friday'],
  ['2028-04-17', 'Easter Monday'],
  ['2028-05-01', 'Early May'],
  ['2028-05-29', 'Spring'],
  ['2028-08-28', 'Summer'],
  ['2028-12-25', 'Christmas Day'],
  ['2028-12-26', 'Boxing Day'],
];

const SCOTLAND: readonly Day[] = [
  ['2026-01-01', "New Year's Day"],
  ['2026-01-02', '2nd January'],
  ['2026-04-03', 'Good Friday'],
  ['2026-05-04', 'Early May'],
  ['2026-05-25', 'Spring'],
  ['2026-06-15', 'World Cup, by proclamation'],
  ['2026-08-03', 'Summer'],
  ['2026-11-30', "St Andrew's Day"],
  ['2026-12-25', 'Christmas Day'],
  ['2026-12-28', 'Boxing Day, in its place'],
  ['2027-01-01', "New Year's Day"],
  ['2027-01-04', '2nd January, in its place'],
  ['2027-03-26', 'Good Friday'],
  ['2027-05-03', 'Early May'],
  ['2027-05-31', 'Spring'],
  ['2027-08-02', 'Summer'],
  ['2027-11-30', "St Andrew's Day"],
  ['2027-12-27', 'Christmas Day, in its place'],
  ['2027-12-28', 'Boxing Day, in its place'],
  ['2028-01-03', "New Year's Day, in its place"],
  ['2028-01-04', '2nd January, in its place'],
  ['2028-04-14', 'Good Friday'],
  ['2028-05-01', 'Early May'],
  ['2028-05-29', 'Spring'],
  ['2028-08-07', 'Summer'],
  ['2028-11-30', "St Andrew's Day"],
  ['2028-12-25', 'Christmas Day'],
  ['2028-12-26', 'Boxing Day'],
];

/** What Northern Ireland has besides, in each year. */
const ONLY_IN_NORTHERN_IRELAND: readonly Day[] = [
  ['2026-03-17', "St Patrick's Day"],
  ['2026-07-13', 'Battle of the Boyne, in its place'],
  ['2027-03-17', "St Patrick's Day"],
  ['2027-07-12', 'Battle of the Boyne'],
  ['2028-03-17', "St Patrick's Day"],
  ['2028-07-12', 'Battle of the Boyne'],
];

const inOrder = (days: readonly Day[]): Day[] => days.toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * The bank holidays of three years, by the Banking and Financial Dealings Act 1971 and what was
 * proclaimed under it until 2026: a later proclamation adds to them.
 */
export const BANK_HOLIDAYS: readonly HolidaysBody[] = [
  document('england-and-wales', 'Bank holidays of England and Wales', ENGLAND_AND_WALES),
  document('scotland', 'Bank holidays of Scotland', SCOTLAND),
  document(
    'northern-ireland',
    'Bank holidays of Northern Ireland',
    inOrder([...ENGLAND_AND_WALES, ...ONLY_IN_NORTHERN_IRELAND]),
  ),
];
