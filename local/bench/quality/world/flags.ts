import type { HomeUnit, Motion } from '#domain/model/device-event.ts';
import type { Random } from './random.ts';
import type { WorldSettings } from './settings.ts';

/** A flag that errs now and then, and goes on erring for a while: one draw stays for minutes. */
const lingering = (random: Random, stays: number) => {
  let draw = random.next();
  return () => {
    if (!random.chance(stays)) draw = random.next();
    return draw;
  };
};

export type Flags = Readonly<{
  motion: (isMoving: boolean, isHome: boolean) => Motion;
  unit: (metresFromHome: number, isHome: boolean, minutes: number) => HomeUnit;
}>;

const DROPOUT_MINUTES = 20;

export const flagsOf = (random: Random, settings: WorldSettings): Flags => {
  const motionDraw = lingering(random, 0.5);
  const unitDraw = lingering(random, 0.6);
  let lostFor = 0;
  return {
    motion: (isMoving, isHome) => {
      const wrong = isMoving ? settings.motionMissed : settings.motionFalse * (isHome ? 1 : 2);
      const errs = motionDraw() < wrong;
      return isMoving === errs ? 'still' : 'moving';
    },
    unit: (metresFromHome, isHome, minutes) => {
      lostFor -= minutes;
      if (isHome && random.chance((settings.unitDropoutsPerDay * minutes) / 1_440)) {
        lostFor = random.exponential(DROPOUT_MINUTES);
      }
      const reach = settings.unitReachMetres;
      const heard = isHome ? 0.985 : 0.6 * Math.exp(-((metresFromHome / reach) ** 2)) + 0.002;
      return lostFor <= 0 && unitDraw() < heard ? 'seen' : 'not-seen';
    },
  };
};
