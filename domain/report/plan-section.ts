import { type GoalView, planView } from '../casework/plan-view.ts';
import type { Block } from './block.ts';
import type { CaseFacts } from './case-facts.ts';
import type { Section } from './document.ts';
import { personWords } from './order-section.ts';
import { factsOf, missing, section, tableOf, words } from './pieces.ts';
import type { WearerFacts } from './wearer-facts.ts';
import { atOr, type Words } from './words.ts';

const goalRow = ({ aim, kind, steps, stepsAchieved, achievedAt, nextStep }: GoalView): Words[] => [
  ...[aim, kind, steps === 0 ? 'no steps' : `${stepsAchieved} of ${steps}`],
  achievedAt === null ? (nextStep === null ? 'no step is set' : `next: ${nextStep.aim}`) : 'all',
  atOr(achievedAt, 'not yet'),
];

const GOAL_COLUMNS = [
  ...[words('Goal', 4), words('Of', 2), words('Steps achieved', 2)],
  ...[words('What is next', 3), words('Achieved', 4)],
];

const NO_PLAN = missing(
  'No plan of supervision is on record',
  'What the wearer and their officer wanted to come to cannot be set against what came about.',
);

/** What was achieved of the plan comes before anything else that is told of a wearer. */
export const planSection = (facts: WearerFacts, { plan }: CaseFacts): Section => {
  const heading = 'The plan, and what was achieved';
  if (plan === null) return section(heading, [NO_PLAN]);
  const { fromAt, untilAt } = facts.asked.period;
  const view = planView(plan.value, { fromAt, toAt: untilAt });
  const letGo: Block[] =
    view.letGo.length === 0
      ? []
      : [
          tableOf('Goals that were let go', {
            columns: [words('Goal', 4), words('When', 3), words('Why', 4)],
            rows: view.letGo.map(({ aim, letGoAt, reason }) => [aim, { at: letGoAt }, reason]),
            whenEmpty: 'None.',
          }),
        ];
  return section(heading, [
    tableOf('Goals that were achieved', {
      columns: GOAL_COLUMNS,
      rows: view.achieved.map(goalRow),
      whenEmpty: 'None yet.',
    }),
    tableOf('Steps that were achieved in this period', {
      columns: [words('Step', 4), words('Of the goal', 4), words('When', 4)],
      rows: view.stepsAchieved.map((step) => [step.aim, step.goal, { at: step.achievedAt }]),
      whenEmpty: 'None in this period.',
    }),
    tableOf('Goals under way', {
      columns: GOAL_COLUMNS,
      rows: view.underWay.map(goalRow),
      whenEmpty: 'None.',
    }),
    ...letGo,
    tableOf('Reviews of the plan in this period', {
      columns: [words('When', 3), words('By', 3), words('What was found', 5)],
      rows: view.reviews.map(({ reviewedAt, by, found }) => [
        ...[{ at: reviewedAt }, personWords(facts.people, by), found],
      ]),
      whenEmpty: 'It was not reviewed in this period.',
    }),
    ...factsOf('The plan', [
      ['Version', `${plan.version}, by ${personWords(facts.people, plan.value.by)}`],
      ['Agreed', { at: plan.value.agreedAt }],
      ['Next review', atOr(view.nextReviewAt, 'none is set')],
    ]),
    ...(view.isReviewOverdue
      ? [missing('The review of the plan is overdue', 'The plan may say what is not so any more.')]
      : []),
  ]);
};
