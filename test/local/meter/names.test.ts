import { describe, expect, it } from 'vitest';
import { functionName, thingName } from '#local/meter/names.ts';

describe('given names of a template', () => {
  it.each([
    ['EvaluateFunction645C2A65', 'evaluate'],
    ['EvaluateFunctionRoleF5568032', 'evaluate'],
    ['PoliceFeedbackRole5AE94CAB', 'policefeedback'],
    ['FollowServiceRole12345678', 'follow'],
    ['Worker', 'worker'],
  ])('calls %s %s', (logicalId, name) => {
    expect(functionName(logicalId)).toBe(name);
  });

  it.each([
    ['Homeward-StateTable9728C7E5', 'State'],
    ['http://127.0.0.1:1/000000000000/Homeward-EventsQueue7396B467', 'Events'],
    ['arn:aws:sns:eu-west-2:000000000000:Homeward-PoliceTopicC689238B', 'Police'],
    ['another', 'another'],
  ])('calls %s %s', (name, short) => {
    expect(thingName('Homeward')(name)).toBe(short);
  });
});
