/** Newer versions: offered, never put in place unasked, and only when nothing would be lost by it. */
import { describe, expect, it } from 'vitest';
import { createProgram, type WorkerHost } from '../../../client/offline/program.ts';
import { type PageSituation, reloadObstacle } from '../../../client/offline/update-moment.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const QUIET: PageSituation = { isComposing: false, isUnstored: false, sinceTypedMs: null, hasLooseWords: false };

describe('the moment to load a page anew', () => {
  it('[C10] is never while an input method composes, edits are unstored, somebody types or a form holds words', () => {
    expect(reloadObstacle(QUIET)).toBeNull();
    expect(reloadObstacle({ ...QUIET, sinceTypedMs: 60_000 })).toBeNull();
    expect(reloadObstacle({ ...QUIET, isComposing: true })).toBe('composing');
    expect(reloadObstacle({ ...QUIET, isUnstored: true })).toBe('unstored');
    expect(reloadObstacle({ ...QUIET, sinceTypedMs: 300 })).toBe('typing');
    expect(reloadObstacle({ ...QUIET, hasLooseWords: true })).toBe('looseWords');
    const all = { isComposing: true, isUnstored: true, sinceTypedMs: 0, hasLooseWords: true };
    expect(reloadObstacle(all)).toBe('composing');
  });

  it('is given up only in the one thing that the person was told of', () => {
    expect(reloadObstacle({ ...QUIET, hasLooseWords: true }, 'looseWords')).toBeNull();
    expect(reloadObstacle({ ...QUIET, isUnstored: true }, 'unstored')).toBeNull();
    expect(reloadObstacle({ ...QUIET, isUnstored: true, hasLooseWords: true }, 'unstored')).toBe('looseWords');
    expect(reloadObstacle({ ...QUIET, isComposing: true }, 'looseWords')).toBe('composing');
  });
});

function stage(host: Partial<WorkerHost> = {}) {
  const clock = createFakeClock();
  const heard = { changed: () => {}, replaced: () => {}, visible: () => {} };
  const log: string[] = [];
  let situation = QUIET;
  const parts = { hasActive: true, hasWaiting: false };
  const program = createProgram({
    clock,
    page: {
      onOnline: () => () => {},
      onVisible: (listener) => {
        heard.visible = listener;
        return () => {};
      },
    },
    situation: () => situation,
    settled: async () => void log.push('settled'),
    loadPage: () => void log.push('loaded'),
    host: {
      isPossible: true,
      look: async () => void log.push('looked'),
      hasActive: () => parts.hasActive,
      hasWaiting: () => parts.hasWaiting,
      takeOver: async () => {
        log.push('taken over');
        parts.hasWaiting = false;
      },
      onChange: (listener) => {
        heard.changed = listener;
      },
      onReplaced: (listener) => {
        heard.replaced = listener;
      },
      ...host,
    },
  });
  const turn = async () => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return {
    program,
    clock,
    heard,
    log,
    parts,
    turn,
    be: (next: Partial<PageSituation>) => {
      situation = { ...situation, ...next };
    },
    /** As long as it waits, it asks again after this. */
    pass: async (ms: number) => {
      clock.advance(ms);
      await turn();
    },
  };
}

describe('a newer version', () => {
  it('[C10] is offered when it waits and is put in place only when the person asks', async () => {
    const { program, heard, log, parts, turn, pass } = stage();
    await turn();
    expect(program.reloadState.get()).toEqual({ kind: 'current' });
    parts.hasWaiting = true;
    heard.changed();
    expect(program.reloadState.get()).toEqual({ kind: 'offered' });
    await pass(10 * 60_000);
    expect(log).not.toContain('loaded');
    await program.reload();
    expect(log.slice(-4)).toEqual(['settled', 'taken over', 'settled', 'loaded']);
  });

  it('[C10] waits out a composition and edits that the store has not taken, and says so', async () => {
    const { program, log, parts, turn, pass, be } = stage();
    parts.hasWaiting = true;
    be({ isComposing: true });
    void program.reload();
    await turn();
    expect(program.reloadState.get()).toEqual({ kind: 'waiting', obstacle: 'composing' });
    await pass(5_000);
    be({ isComposing: false, isUnstored: true });
    await pass(250);
    expect(program.reloadState.get()).toEqual({ kind: 'waiting', obstacle: 'unstored' });
    expect(log).not.toContain('taken over');
    be({ isUnstored: false });
    await pass(250);
    expect(log.at(-1)).toBe('loaded');
  });

  it('[C10] looks again when taking over took a moment in which somebody typed on', async () => {
    const { program, log, parts, turn, pass, be } = stage({
      takeOver: async () => {
        be({ sinceTypedMs: 10 });
      },
    });
    parts.hasWaiting = true;
    void program.reload();
    await turn();
    expect(log).not.toContain('loaded');
    expect(program.reloadState.get()).toEqual({ kind: 'waiting', obstacle: 'typing' });
    be({ sinceTypedMs: 2_000 });
    await pass(250);
    expect(log).toContain('loaded');
  });

  it('is not put in place after the person took it back, and is offered again', async () => {
    const { program, log, parts, turn, pass, be } = stage();
    parts.hasWaiting = true;
    be({ hasLooseWords: true });
    void program.reload();
    await turn();
    program.cancelReload();
    be({ hasLooseWords: false });
    await pass(1_000);
    expect(log).not.toContain('loaded');
    expect(program.reloadState.get()).toEqual({ kind: 'offered' });
  });

  it('[C10] that another tab put in place is only offered here', async () => {
    const { program, heard, log, turn } = stage();
    await turn();
    heard.replaced();
    expect(program.reloadState.get()).toEqual({ kind: 'offered' });
    expect(log).not.toContain('loaded');
    await program.reload();
    expect(log.at(-1)).toBe('loaded');
  });

  it('is looked for every hour, and when a page is looked at again, but not all the time', async () => {
    const { clock, heard, log, turn } = stage();
    await turn();
    const looks = () => log.filter((each) => each === 'looked').length;
    expect(looks()).toBe(1);
    heard.visible();
    expect(looks()).toBe(1);
    clock.advance(10 * 60_000);
    heard.visible();
    await turn();
    expect(looks()).toBe(2);
    clock.advance(60 * 60_000);
    await turn();
    expect(looks()).toBe(3);
  });

  it('is looked for first when the relay says that this one is too old, but never waited for without end', async () => {
    let isFirst = true;
    const { program, clock, log, turn } = stage({
      look: () => {
        if (!isFirst) return new Promise(() => {});
        isFirst = false;
        return Promise.resolve();
      },
    });
    await turn();
    void program.reload({ mustLook: true });
    await turn();
    expect(log).not.toContain('loaded');
    clock.advance(5_000);
    await turn();
    expect(log).toContain('loaded');
  });
});

describe('starting without a network', () => {
  it('is promised only when a whole build is kept here', async () => {
    const { program, turn } = stage({ hasActive: () => false });
    expect(program.offlineStart.get()).toBe('preparing');
    await turn();
    expect(program.offlineStart.get()).toBe('failed');
    const kept = stage();
    await kept.turn();
    expect(kept.program.offlineStart.get()).toBe('ready');
    expect(stage({ isPossible: false }).program.offlineStart.get()).toBe('impossible');
  });
});
