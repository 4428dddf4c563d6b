import { conductOf, LOOK_AHEAD_DAYS, LOOK_BACK_DAYS } from '#domain/forecast/features.ts';
import { type Contribution, type Forecast, forecast } from '#domain/forecast/model.ts';
import { FORECAST_LIMITS, FORECAST_WORDS } from '#domain/forecast/words.ts';
import { DAY_SECONDS, secondsAfter, toIso } from '#domain/model/instant.ts';
import { loadProgressFacts } from '../../adapters/progress-facts.ts';
import { jsonResponse } from '../../middleware/http.ts';
import type { Route } from '../route.ts';
import { historyRefused } from '../whereabouts.ts';
import type { ProgressRouteDeps } from './progress.ts';
import { wearerOfPath } from './wearers.ts';

const hundredths = (value: number): number => Math.round(value * 100) / 100;

const why =
  (way: 'raising' | 'lowering') =>
  ({ name, logit }: Contribution) => ({
    ...{ feature: name, why: FORECAST_WORDS[name][way], logit: hundredths(logit) },
    ...(way === 'raising' ? { couldHelp: FORECAST_WORDS[name].couldHelp } : {}),
  });

const view = (told: Forecast) => {
  switch (told.is) {
    case 'too-little-data':
      return {
        probability: null,
        tooLittleData:
          `seen on ${told.daysSeen} of the last ${LOOK_BACK_DAYS} days; ` +
          `a forecast needs ${told.leastDays}`,
      };
    case 'forecast':
      return {
        probability: hundredths(told.probability),
        raising: told.raising.map(why('raising')),
        lowering: told.lowering.map(why('lowering')),
      };
    default:
      return told satisfies never;
  }
};

/** How likely a violation is in the next 14 days, why, and what could help: a reason to help. */
export const getForecast =
  (deps: ProgressRouteDeps): Route =>
  async (call) => {
    const wearer = wearerOfPath(call);
    const refused = await historyRefused(deps.documents, wearer);
    if (refused !== null) return refused;
    const fromAt = secondsAfter(call.now, -LOOK_BACK_DAYS * DAY_SECONDS);
    const facts = await loadProgressFacts(deps)(wearer, { fromAt, toAt: call.now }, call.now);
    return jsonResponse(200, {
      ...{ from: toIso(fromAt), to: toIso(call.now), aheadDays: LOOK_AHEAD_DAYS },
      ...view(forecast(conductOf(facts))),
      limits: FORECAST_LIMITS,
    });
  };
