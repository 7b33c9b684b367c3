/**
 * Proof that the oracles of the random editing bite: with a bug planted in the binding, in the harness or in the network,
 * the run must report exactly the kind of damage that the bug does.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { FuzzReport } from './token-fuzz.ts';

const planted = vi.hoisted(() => ({ bug: 'none' }));

vi.mock(import('../../../../client/editor/binding/step-ranges.ts'), async (load) => {
  const real = await load();
  return {
    ...real,
    stepRanges: (steps) => (planted.bug === 'steps not understood' ? null : real.stepRanges(steps)),
  };
});
vi.mock(import('../../../../client/editor/binding/remote-windows.ts'), async (load) => {
  const real = await load();
  return {
    remoteWindows: (mirror, ranges, ids, newLength) => {
      const windows = real.remoteWindows(mirror, ranges, ids, newLength);
      return planted.bug === 'window too narrow' ? windows.filter(({ first, last }) => first === last) : windows;
    },
  };
});
vi.mock(import('../../../../client/editor/binding/block-ids.ts'), async (load) => {
  const real = await load();
  return {
    giveBlockIds: (oldDoc, tr, newBlockId) =>
      real.giveBlockIds(oldDoc, tr, planted.bug === 'one id for all' ? () => 'same' : newBlockId),
  };
});
vi.mock(import('../../../../client/editor/binding/line-breaks.ts'), async (load) => {
  const real = await load();
  return {
    splitAtLineBreaks: (oldDoc, tr) => {
      if (planted.bug !== 'line break as text') real.splitAtLineBreaks(oldDoc, tr);
    },
  };
});
vi.mock(import('../../../../client/editor/binding/text-writes.ts'), async (load) => {
  const real = await load();
  return {
    ...real,
    dropSearchMarkers: (text) => {
      if (planted.bug !== 'formatting unknown') real.dropSearchMarkers(text);
    },
    deleteUnits: (text, transaction, from, to) => {
      if (planted.bug !== 'formatting unknown') real.deleteUnits(text, transaction, from, to);
      else text.delete(from, to - from);
    },
  };
});

const { fuzz } = await import('./token-fuzz.ts');
const { brief, change, posOf } = await import('./peer.ts');

/** Reports of many seeds with a bug planted. */
function reportsWith(bug: string, options: Parameters<typeof fuzz>[1] = {}): FuzzReport[] {
  planted.bug = bug;
  return Array.from({ length: 20 }, (_, seed) => fuzz(seed, options));
}

afterEach(() => {
  planted.bug = 'none';
});

describe('a planted bug', () => {
  it('is not there to begin with', () => {
    expect(reportsWith('none').every((report) => report.error === null && report.lost.length === 0)).toBe(true);
  });

  it('is found when steps are not understood and more is written than changed', () => {
    const reports = reportsWith('steps not understood');
    expect(reports.some((report) => report.fallbacks > 0)).toBe(true);
    expect(reports.some((report) => report.rewritten.length > 0)).toBe(true);
  });

  it('is found when a remote change is read in too narrow a window', () => {
    expect(reportsWith('window too narrow').some((report) => report.error?.includes('shows what the text says'))).toBe(
      true,
    );
  });

  it('is found when a deletion does not know the formatting before it', () => {
    expect(reportsWith('formatting unknown').some((report) => report.restyled.length > 0)).toBe(true);
  });

  it('is found when new blocks get one id', () => {
    expect(reportsWith('one id for all').some((report) => report.sharedIds.length > 0)).toBe(true);
  });

  it('is found when a line break comes in as text', () => {
    expect(reportsWith('line break as text').some((report) => report.error !== null || report.repairs > 0)).toBe(true);
  });

  it('is found when somebody tidies stray words away', () => {
    const reports = reportsWith('tidying', {
      afterSync: ([peer]) => {
        if (peer === undefined) return;
        change(peer, (tr) => {
          peer.view.state.doc.forEach((block, pos) => {
            if (block.attrs.stray) tr.delete(tr.mapping.map(pos + 1), tr.mapping.map(pos + block.nodeSize - 1));
          });
          return tr;
        });
      },
    });
    expect(reports.some((report) => report.lost.length > 0)).toBe(true);
  });

  it('is found when words are written a second time', () => {
    const reports = reportsWith('echo', {
      afterSync: ([peer]) => {
        const word = peer && /[\u4e00-\u9fff]/.exec(brief(peer.view.state.doc))?.[0];
        if (word && !brief(peer.view.state.doc).includes('@')) {
          change(peer, (tr) => tr.insertText(word, posOf(tr.doc, word)));
        }
      },
    });
    expect(reports.some((report) => report.doubled.length > 0)).toBe(true);
  });

  it("is found when undo takes back a colleague's words", () => {
    const reports = reportsWith('greedy undo', {
      afterSync: (peers) => {
        for (const peer of peers) peer.undo.trackedOrigins.add('connection');
      },
    });
    expect(reports.some((report) => report.undoneOthers.length > 0)).toBe(true);
  });

  it('is found when two replicas hold different words under one item id', () => {
    const reports = reportsWith('forked item', {
      afterSync: (peers) => {
        for (const [i, peer] of peers.entries()) {
          const forger = new Y.Doc();
          forger.clientID = 777;
          forger.getText('prose').insert(0, `fork ${i}`);
          Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(forger), 'connection');
        }
      },
    });
    expect(reports.some((report) => report.error?.includes('different documents'))).toBe(true);
  });
});
