import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { parseConfig } from '#lib/config.ts';
import { MonitoringStack } from '#lib/monitoring-stack.ts';

const app = new App({ analyticsReporting: false });
const config = parseConfig((key) => app.node.tryGetContext(key));

new MonitoringStack(app, 'Homeward', config);

Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
