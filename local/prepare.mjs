// Runs before `npm start` and `npm test`, on whatever Node the machine has and before anything is
// installed: plain JavaScript, no dependencies. Installs what the lockfile names when node_modules is
// missing or stale, and sees to it that there is a Java 17 runtime for DynamoDB Local.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.homeward-installed');
const NEEDED_JAVA = 17;
/** The first that runs TypeScript by stripping its types without being asked. */
const NEEDED_NODE = [22, 18];

const say = (line) => process.stderr.write(`${line}\n`);

const stop = (line) => {
  say(line);
  process.exit(1);
};

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${platform()}-${arch()}`)
    .digest('hex');

const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest();

const install = () => {
  say('Installing dependencies from package-lock.json (about half a minute) ...');
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, args] = npm ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: !npm });
  if (done.status !== 0) stop('npm ci failed; the lines above say why. Mend that and try again.');
  writeFileSync(stamp, lockDigest());
};

const nodeVersion = () => {
  const bundled = join(root, 'node_modules', '.bin', platform() === 'win32' ? 'node.cmd' : 'node');
  const command = existsSync(bundled) ? bundled : 'node';
  const done = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    shell: platform() === 'win32',
  });
  const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)/.exec(done.stdout ?? '') ?? [];
  return [Number(major), Number(minor)];
};

const isNodeNewEnough = () => {
  const [major, minor] = nodeVersion();
  return major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
};

const javaMajor = () => {
  const done = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(done.stderr ?? '')?.[1] ?? 0);
};

const installJavaOnDebian = () => {
  say('No Java 17 found; installing a headless Java runtime with apt ...');
  const quiet = {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  for (const name of ['openjdk-17-jre-headless', 'default-jre-headless']) {
    const args = ['install', '-y', '-qq', '--no-install-recommends', name];
    if (spawnSync('apt-get', args, quiet).status === 0 && javaMajor() >= NEEDED_JAVA) return true;
  }
  return false;
};

const JAVA_HINTS = {
  linux:
    'Debian/Ubuntu: sudo apt-get install openjdk-17-jre-headless; Fedora: sudo dnf install java-17-openjdk-headless',
  darwin: 'macOS: brew install temurin@17',
  win32: 'Windows: winget install EclipseAdoptium.Temurin.17.JRE',
};

const ensureJava = () => {
  if (javaMajor() >= NEEDED_JAVA) return;
  const mayInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (mayInstall && installJavaOnDebian()) return;
  const hint = JAVA_HINTS[platform()] ?? 'see https://adoptium.net';
  stop(`Java ${NEEDED_JAVA} or later is needed to run DynamoDB Local. ${hint}`);
};

if (!isInstalled()) install();
if (!isNodeNewEnough()) {
  const needed = NEEDED_NODE.join('.');
  stop(
    `Node ${needed} or later is needed on ${platform()}-${arch()}: get it from https://nodejs.org`,
  );
}
ensureJava();
