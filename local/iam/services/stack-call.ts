import type { Need } from '../needs/need.ts';
import type { Asker, Rights } from '../rights.ts';

/** A call that a service makes because a resource of the template is there. */
export type StackCall = {
  /** Logical id of that resource. */
  subject: string;
  /** What for: a resource may need several things. */
  purpose: string;
  asker: Asker;
  needs: readonly Need[];
};

export type StackSurroundings = Pick<Rights, 'stack' | 'surroundings' | 'roleByArn'>;
