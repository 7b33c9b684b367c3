/** What the editor tells of an act of the person, in words. */
import type { Say } from '../language/use-words.ts';
import { hasAppleKeyboard } from '../ui/apple-keyboard.ts';
import type { EditorNotice, Mentionables } from './editor-contract.ts';
import { keysInWords } from './toolbar/toolbar-items.ts';

export type NoticeSituation = {
  readonly people: Mentionables['people'];
  /** Of the words in the document, for numbers. */
  readonly language: string;
  readonly mayComment: boolean;
};

export function noticeText(notice: EditorNotice, say: Say, { people, language, mayComment }: NoticeSituation): string {
  switch (notice.kind) {
    case 'pasteTooLarge':
      return say('editor.pasteTooLarge', {
        characters: notice.characters.toLocaleString(language),
        max: notice.max.toLocaleString(language),
      });
    case 'picturesLeftOut':
      return say('editor.picturesLeftOut', { count: notice.count });
    case 'undoRefused':
    case 'undonePartly': {
      const name = people.find(({ id }) => id === notice.by)?.label ?? say('editor.somebody');
      return say(notice.kind === 'undoRefused' ? 'editor.undoRefused' : 'history.partly', { name });
    }
    case 'readOnly':
      return mayComment
        ? say('editor.onlyComment', { keys: keysInWords('Mod-Alt-M', hasAppleKeyboard()) })
        : say('editor.onlyRead');
  }
}
