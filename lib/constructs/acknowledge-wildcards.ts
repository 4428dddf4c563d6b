import type { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Config } from '../config.ts';
import { wildcards } from '../wildcards.ts';
import { acknowledge } from './acknowledge.ts';

/** Accepts the stars of lib/wildcards.ts, where they are and nowhere else. */
export const acknowledgeWildcards = (stack: Stack, config: Config): void => {
  for (const { holders, resource, notResource, reason } of wildcards(config)) {
    const findings = [
      ...(resource ? [`AwsSolutions-IAM5[Resource::${resource}]`] : []),
      // The rule cannot read NotResource, and reports that it failed.
      ...(notResource ? ['AwsSolutions-IAM5'] : []),
    ];
    for (const holder of holders) {
      const construct = constructAt(stack, holder);
      for (const finding of findings) acknowledge(construct, { [finding]: reason });
    }
  }
};

const constructAt = (stack: Stack, path: string): IConstruct =>
  path.split('/').reduce<IConstruct>((parent, id) => parent.node.findChild(id), stack);
