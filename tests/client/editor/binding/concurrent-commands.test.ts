/**
 * Every two editor commands by two people offline, on one block and on neighbouring blocks, and a sample by three people,
 * in two orders of client ids. Nothing may be lost; doubled only what two people moved. The whole outcome is a golden table.
 */
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../support/random.ts';
import { expectGolden } from './golden.ts';
import { runScenario, SCENARIO_COMMANDS, type ScenarioAct, type ScenarioResult } from './scenario.ts';

const NAMES = Object.keys(SCENARIO_COMMANDS);
const ORDERS = [
  [10, 20, 30],
  [30, 20, 10],
];

type Row = { acts: readonly ScenarioAct[]; results: ScenarioResult[] };

function rowOf(acts: readonly ScenarioAct[]): Row {
  return { acts, results: ORDERS.map((ids) => runScenario(acts, ids)) };
}

function worst(row: Row, of: (result: ScenarioResult) => number): number {
  return Math.max(...row.results.map(of));
}

function lineOf(row: Row): string {
  const acts = row.acts.map(({ command, block }) => `${command}${block === 1 ? '' : `@${block}`}`).join(' ‖ ');
  const score = `L${worst(row, (r) => r.lost)} D${worst(row, (r) => r.doubled)} M${worst(row, (r) => r.misplaced)}`;
  const pages = [...new Set(row.results.map((result) => result.page))].join('\n    or  ');
  return `${acts} | ${score === 'L0 D0 M0' ? 'ok' : score}\n        ${pages}`;
}

function summary(rows: readonly Row[]): string {
  const count = (of: (result: ScenarioResult) => number) => rows.filter((row) => worst(row, of) > 0).length;
  const clean = rows.filter((row) => worst(row, (r) => r.lost + r.doubled + r.misplaced) === 0).length;
  return `${rows.length} rows, ${clean} clean, ${count((r) => r.lost)} lose, ${count((r) => r.doubled)} double, ${count((r) => r.misplaced)} misplace`;
}

/** Golden table and the bars that no table may go below. */
function judge(name: string, rows: readonly Row[]): void {
  for (const row of rows) {
    const movers = row.acts.filter(({ command }) => SCENARIO_COMMANDS[command]?.moves).length;
    const line = lineOf(row);
    expect(
      worst(row, (r) => r.lost),
      line,
    ).toBe(0);
    if (movers < 2)
      expect(
        worst(row, (r) => r.doubled),
        line,
      ).toBe(0);
    if (movers < 1)
      expect(
        worst(row, (r) => r.misplaced),
        line,
      ).toBe(0);
  }
  expectGolden(name, [summary(rows), '', ...rows.map(lineOf)]);
}

describe('editor commands at the same time', () => {
  it('[C8] every two on one block lose nothing', () => {
    const rows = NAMES.flatMap((a, i) =>
      NAMES.slice(i).map((b) =>
        rowOf([
          { command: a, block: 1 },
          { command: b, block: 1 },
        ]),
      ),
    );
    judge('pairs-on-one-block', rows);
  });

  it('[C8] every two on neighbouring blocks lose nothing', () => {
    const rows = NAMES.flatMap((a) =>
      NAMES.map((b) =>
        rowOf([
          { command: a, block: 1 },
          { command: b, block: 2 },
        ]),
      ),
    );
    judge('pairs-on-neighbours', rows);
  });

  it('[C8] a sample of three on one block and its neighbours lose nothing', () => {
    const random = randomFrom(3);
    const rows = Array.from({ length: 300 }, () =>
      rowOf(
        Array.from({ length: 3 }, () => ({ command: random.pick(NAMES), block: 1 + (random.chance(0.4) ? 1 : 0) })),
      ),
    );
    judge('triples', rows);
  });
});
