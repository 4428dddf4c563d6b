import { ACCOUNT_ID, physicalName } from '../place.ts';
import type { ResourceKind } from './resource-kind.ts';

/** AWS::IAM::Role: the identity under which functions call. */
export const role: ResourceKind = ({ logicalId }, { place, registry }) => {
  const name = physicalName(place, logicalId, 64);
  const arn = `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
  registry.roles.set(arn, logicalId);
  registry.roleIds.add(logicalId);
  return { ref: name, attributes: { Arn: arn, RoleId: `AROA${logicalId}` } };
};
