/**
 * Loaded into the relay with `--import` (its threads load it too): kills the process with -9 when it passes a step of
 * sync-server/steps.ts for the n-th time. The order stands in the file STOP_AT as `<step> <n>` and may be given at any
 * time; while it is empty nothing is stopped. Frames that go out are told apart by what they carry: `Forward` an update of
 * somebody, `Echo` a barrier's.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';

const { STOP_AT } = process.env;
const SYNC_UPDATE = [0, 2];
const BARRIER = 100;

let order = '';
let wanted = '';
let left = 0;

function nameOf({ step, bytes }) {
  if (!step.endsWith('Send')) return step;
  const when = step.slice(0, -'Send'.length);
  if (bytes[0] === BARRIER) return `${when}Echo`;
  return SYNC_UPDATE.every((byte, at) => bytes[at] === byte) ? `${when}Forward` : step;
}

if (STOP_AT !== undefined) {
  subscribe('concord:step', (passed) => {
    const now = readFileSync(STOP_AT, 'utf8');
    if (now !== order) {
      order = now;
      [wanted, left] = [now.split(' ')[0], Number(now.split(' ')[1])];
    }
    if (nameOf(passed) === wanted && --left === 0) process.kill(process.pid, 'SIGKILL');
  });
}
