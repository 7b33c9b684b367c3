/** Words of the prose editor: toolbar, menus, marks, carets. */
import type { WordArea } from './word.ts';

export const editorWords = {} as const satisfies WordArea;
