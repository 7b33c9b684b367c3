// @vitest-environment happy-dom
/** The status chip says what is true in words, in both languages, and does not move what is beside it. */
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import { createLanguage } from '../../../client/language/language-choice.ts';
import { LanguageProvider } from '../../../client/language/language-provider.tsx';
import { problemToWords, type ShownProblem } from '../../../client/ui/problem-words.ts';
import { SaveStatusChip } from '../../../client/ui/save-status.tsx';
import type { ShownStatus } from '../../../client/ui/status-words.ts';
import { CLOSE, type CloseName } from '../../../shared/close-codes.ts';
import type { HeldReason } from '../../../shared/held.ts';
import type { Language } from '../../../shared/vocabulary.ts';

async function render(status: ShownStatus, language: Language) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const pageLanguage = createLanguage({ getItem: () => language, setItem: () => {} }, [], document.documentElement);
  const element = document.createElement('div');
  const root = createRoot(element);
  await act(async () =>
    root.render(
      <LanguageProvider language={pageLanguage}>
        <MantineProvider env="test">
          <SaveStatusChip status={status} />
        </MantineProvider>
      </LanguageProvider>,
    ),
  );
  const shown = element.querySelector('[role=status]')?.textContent;
  const measures = [...element.querySelectorAll('[aria-hidden=true]')].map((each) => each.textContent).join('|');
  await act(async () => root.unmount());
  return { shown, measures };
}

describe('the status chip', () => {
  it.each<[ShownStatus, string, string]>([
    [{ kind: 'saving' }, '保存中', 'Saving'],
    [{ kind: 'savedOnDevice' }, '已保存在本机', 'Saved on this device'],
    [{ kind: 'savedOnServer' }, '已保存到服务器', 'Saved on the server'],
    [{ kind: 'offline', waitingDocuments: 1 }, '离线 · 1 份文档待同步', 'Offline · 1 document waiting'],
    [{ kind: 'offline', waitingDocuments: 3 }, '离线 · 3 份文档待同步', 'Offline · 3 documents waiting'],
    [{ kind: 'needsAttention' }, '需要处理', 'Needs attention'],
  ])('says %o', async (status, zh, en) => {
    expect((await render(status, 'zh-CN')).shown).toBe(zh);
    expect((await render(status, 'en')).shown).toBe(en);
  });

  it('always keeps the room of the longest thing it says', async () => {
    const saving = await render({ kind: 'saving' }, 'zh-CN');
    const offline = await render({ kind: 'offline', waitingDocuments: 8 }, 'zh-CN');
    expect(saving.measures).toBe(offline.measures);
    expect(saving.measures).toContain('离线 · 8 份文档待同步');
  });
});

describe('a problem', () => {
  it('has a next step in words for every way a connection is closed', () => {
    for (const close of Object.keys(CLOSE) as CloseName[]) {
      const words = problemToWords({ kind: 'closed', close });
      expect(words.title, close).toBeDefined();
      // What is tried again by itself needs no act of the person; all else offers one.
      expect(words.acts.length > 0 || CLOSE[close].retry, close).toBe(true);
    }
  });

  it('of edits that were not taken says why, where they are and what to do, without blame for an honest race', () => {
    const said = (reason: HeldReason, handedIn: boolean, isTurnedAway = false) => {
      const words = problemToWords({ kind: 'editsHeld', reason, handedIn, isTurnedAway });
      return [words.title, words.reason, words.next, words.acts[0], words.tone];
    };
    for (const reason of ['frozen', 'may-not-write'] as const) {
      expect(said(reason, true)).toEqual([
        'problem.editTooLate',
        `problem.reason.${reason}`,
        'problem.editsHeldNext',
        'startFresh',
        'warn',
      ]);
    }
    for (const reason of ['client-id-of-another', 'too-big', 'unknown-root', 'unknown'] as const) {
      expect(said(reason, true).slice(0, 2)).toEqual(['problem.editRefused', `problem.reason.${reason}`]);
    }
    expect(said('frozen', false)[2]).toBe('problem.editsKeptNext');
    expect(said('too-big', false, true)).toContain('problem.editsTurnedAwayNext');
    // Whoever was removed has no fresh copy to go on with; they can still read what becomes of theirs.
    expect(said('no-access', true).slice(2, 4)).toEqual(['problem.editsHeldGoneNext', 'seeHeld']);
    expect(said('no-access', false)[3]).toBe('export');
  });

  it('offers to export whenever work may not be safe elsewhere', () => {
    const problems: ShownProblem[] = [
      { kind: 'storeFailed', why: 'quota', message: 'quota' },
      { kind: 'editsHeld', reason: 'frozen', handedIn: false, isTurnedAway: false },
      { kind: 'otherPerson' },
      { kind: 'closed', close: 'noAccess' },
    ];
    for (const problem of problems) expect(problemToWords(problem).acts).toContain('export');
  });
});
