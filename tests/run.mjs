/**
 * `npm test`: everything that CI runs, part by part, each with its wall clock, ending with one line
 * `N passed, N failed` over everything that ran, what failed named right before it, since only the end of a long output
 * may be kept. It finds a Chromium or installs Debian's, and says which.
 * `--long` widens the randomised parts (SEEDS, KILLS, FAULTS, FRAMES, FORGERIES, RUNS, RESTORES); `--only <part>` runs one of them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const isLong = process.argv.includes('--long');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const reportDir = mkdtempSync(join(tmpdir(), 'concord-test-'));
const totals = { passed: 0, failed: 0 };
/** What failed, a name and its first words each, said once more at the end. */
const failures = [];
const env = {
  ...process.env,
  ...(isLong
    ? {
        SEEDS: process.env.SEEDS ?? '2000',
        KILLS: process.env.KILLS ?? '200',
        TAMPERINGS: process.env.TAMPERINGS ?? '10000',
        FAULTS: process.env.FAULTS ?? '20',
        FRAMES: process.env.FRAMES ?? '1000000',
        FORGERIES: process.env.FORGERIES ?? '10000',
        RUNS: process.env.RUNS ?? '6000',
        RESTORES: process.env.RESTORES ?? '2000',
        RESTORE_SEEDS: process.env.RESTORE_SEEDS ?? '300',
        RESTORED: process.env.RESTORED ?? '8',
      }
    : {}),
};

/** A part that could not even report counts as one failure. */
function cannotRun(failure) {
  failures.push(failure);
  return { passed: 0, failed: 1 };
}

const say = (line) => process.stdout.write(`${line}\n`);

/** Runs a program of node_modules/.bin, its output straight through; true when it exits with 0. */
function run(program, args, extraEnv = {}) {
  const command = program.startsWith('/') ? program : join('node_modules', '.bin', program);
  const result = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...extraEnv } });
  if (result.error) say(String(result.error));
  return result.status === 0;
}

/** A part that is one check: it passes or fails as a whole. */
function check(name, program, args) {
  return () => {
    const passed = run(program, args);
    if (!passed) failures.push(name);
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
  };
}

function vitest(project) {
  return () => {
    const file = join(reportDir, `${project}.json`);
    const passed = run('vitest', [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    if (!existsSync(file)) return cannotRun(`${project}: no report`);
    const report = JSON.parse(readFileSync(file, 'utf8'));
    for (const suite of report.testResults) {
      const { message, status, assertionResults } = suite;
      const name = relative(process.cwd(), suite.name);
      if (status === 'failed' && assertionResults.length === 0) failures.push(`${name}: ${message}`);
      for (const test of assertionResults) {
        if (test.status === 'failed') failures.push(`${name} › ${test.fullName}\n${test.failureMessages.join('\n')}`);
      }
    }
    const failed =
      report.numFailedTests +
      report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length;
    return { passed: report.numPassedTests, failed: Math.max(failed, passed ? 0 : 1) };
  };
}

function browserScenes() {
  const chromium = findOrInstallChromium();
  if (chromium === null) return cannotRun('browser: no Chromium');
  say(`Chromium: ${chromium}`);
  const file = join(reportDir, 'playwright.json');
  const passed = run('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    CHROMIUM_PATH: chromium,
  });
  if (!existsSync(file)) return cannotRun('browser: no report');
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'));
  for (const spec of suites.flatMap(specsOf).filter((each) => !each.ok)) {
    const errors = spec.tests.flatMap((test) => test.results).flatMap((result) => result.errors);
    failures.push(`${spec.file} › ${spec.title}\n${errors.map((error) => error.message).join('\n')}`);
  }
  return { passed: stats.expected, failed: Math.max(stats.unexpected + stats.flaky, passed ? 0 : 1) };
}

/** All scenes of a suite of the browser's report, those of the suites in it too. */
const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];

function findChromium() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** Debian's Chromium, through apt, where none is found and we may install. */
function findOrInstallChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say('No Chromium found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
    return null;
  }
  say('No Chromium found: installing Debian’s through apt.');
  run('/usr/bin/apt-get', ['update', '-qq']);
  run('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
  return findChromium();
}

const parts = [
  ['build client', check('build client', 'vite', ['build', '--logLevel', 'warn'])],
  ['build server', check('build server', 'vite', ['build', '--mode', 'server', '--logLevel', 'warn'])],
  ['types', check('types', 'tsc', ['--noEmit'])],
  ['lint', check('lint', 'biome', ['check', '.'])],
  ['dead code', check('dead code', 'knip', [])],
  ['unit', vitest('unit')],
  ['what was built', vitest('build')],
  ['simulation', vitest('simulation')],
  ['fuzz', vitest('fuzz')],
  ['relay', vitest('relay')],
  ['browser', browserScenes],
];

for (const [name, part] of parts) {
  if (only !== null && only !== name) continue;
  const startedAt = Date.now();
  say(`\n— ${name}`);
  const { passed, failed } = part();
  totals.passed += passed;
  totals.failed += failed;
  say(`— ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

rmSync(reportDir, { recursive: true, force: true });
for (const failure of failures) {
  const lines = failure.split('\n').filter((line) => !line.includes('node_modules'));
  say(`\nFAILED ${lines.slice(0, 12).join('\n  ')}`);
}
say('');
say(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
