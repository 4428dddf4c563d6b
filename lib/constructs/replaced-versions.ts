import { Duration } from 'aws-cdk-lib';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { archiving } from '../thresholds.ts';

/**
 * What was overwritten or erased can be had again for a month, and then is gone. Nothing ends by
 * its age: orders and holds decide, and `erase` goes by them.
 */
export const keptForAMonth: LifecycleRule[] = [
  {
    id: 'what-was-replaced-or-erased',
    noncurrentVersionExpiration: Duration.days(archiving.replacedVersionsDays),
    abortIncompleteMultipartUploadAfter: Duration.days(1),
  },
  { id: 'markers-of-what-is-gone', expiredObjectDeleteMarker: true },
];
