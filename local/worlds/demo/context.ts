/**
 * What the demo's stack is told beside cdk.json. Test alerts come as seldom as they may: a stack
 * that is deployed raises them every two minutes, which would make a day here last longer.
 */
export const DEMO_CONTEXT: Readonly<Record<string, string>> = { canaryEveryMinutes: '5' };
