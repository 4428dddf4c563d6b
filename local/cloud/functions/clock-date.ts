/**
 * A `Date` that shows `now()` wherever the real one would show the machine's time: `Date.now()`,
 * `new Date()` and `Date()`. Everything else is the real one's.
 */
export const createClockDate = (RealDate: DateConstructor, now: () => number): DateConstructor => {
  const clockDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === clockDate ? target : newTarget,
      ),
    apply: (target) => new target(now()).toString(),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
  return clockDate;
};
