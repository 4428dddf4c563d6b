import { Construct } from 'constructs';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { Part } from '../foundation.ts';

/** Says whether the token of a request is good, before the request reaches any other function. */
export class AuthorizeStage extends Construct {
  readonly function: PipelineFunction;

  constructor(scope: Construct, id: string, part: Part<'tables' | 'administratorToken'>) {
    super(scope, id);
    const { config, keys, tables, administratorToken } = part;
    this.function = new PipelineFunction(this, 'Function', {
      config,
      keys,
      verb: 'authorize',
      description: 'Checks the token of each HTTP request',
      environment: {
        MONITORING_TABLE: tables.monitoring.tableName,
        ADMINISTRATOR_TOKEN_SECRET_ARN: administratorToken.arn,
        AGENCY: config.agency,
      },
    });
    tables.monitoring.allowReading(this.function, 'GetItem');
    administratorToken.allowReading(this.function);
  }
}
