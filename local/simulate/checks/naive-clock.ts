export const QUARTER = 900_000;
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far a zone's clocks are ahead of UTC, as Intl shows them; clocks change on quarters only. */
const offsetAt = (timeZone: string, at: number): number => {
  const name = `${timeZone} ${Math.floor(at / QUARTER)}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(timeZone, format);
  const whole = Math.floor(at / 1000) * 1000;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    format.format(whole).match(/\d+/g) ?? []
  ).map(Number);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  offsets.set(name, offset);
  return offset;
};

/** What the clocks of a zone show at an instant, as if it were UTC. */
export const shownAt = (timeZone: string, at: number): number => at + offsetAt(timeZone, at);

type Fields = Readonly<Record<string, unknown>>;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const timeOf = (text: unknown): number => Date.parse(`1970-01-01T${text}Z`);

/** Whether clocks of a zone show one of some weekly hours, which may run on into the next day. */
export const isWithinHours = ({ timeZone, windows }: Fields, at: number): boolean => {
  const now = shownAt(String(timeZone), at);
  const midnight = now - (((now % DAY) + DAY) % DAY);
  return [midnight - DAY, midnight].some((day) => {
    const name = DAYS[new Date(day).getUTCDay()];
    const all: Fields[] = Array.isArray(windows) ? windows : [];
    return all.some(({ days, start, end }) => {
      const [from, until] = [timeOf(start), timeOf(end)];
      const isOn = Array.isArray(days) && days.includes(name);
      return isOn && now >= day + from && now < day + (until > from ? until : until + DAY);
    });
  });
};
