import { RemovalPolicy } from 'aws-cdk-lib';
import type { Config } from '../config.ts';

/** What becomes of data, keys and logs when the stack is deleted. */
export const removalPolicy = (config: Pick<Config, 'onDelete'>): RemovalPolicy =>
  config.onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
