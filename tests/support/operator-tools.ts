/** What an operator runs beside the relay, as they run it: the tool by its name with its arguments; how it ended and what it said. */
import { spawn } from 'node:child_process';

export interface ToolRun {
  readonly status: number | null;
  readonly said: readonly string[];
}

/** Runs `npm run <tool> -- <args>` without npm; the test goes on meanwhile. `nodeArgs` as of relay-process.ts. */
export function runTool(
  tool: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
): Promise<ToolRun> {
  const child = spawn(process.execPath, [...nodeArgs, 'sync-server/tools/run.mjs', tool, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
    });
  }
  return new Promise((resolve) =>
    child.once('close', (status) => resolve({ status, said: printed.trim().split('\n') })),
  );
}
