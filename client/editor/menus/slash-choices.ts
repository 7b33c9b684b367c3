/** What `/` offers, in order, and the further words in both languages under which each is found. */
import { catalogue } from '../../language/catalogue.ts';
import type { Say } from '../../language/use-words.ts';
import type { SentenceAct } from '../editor-contract.ts';
import type { SlashChoice } from './menu-items.ts';

const FURTHER_WORDS = {
  p: ['段落', 'text', 'paragraph'],
  h1: ['标题', '大标题', 'heading', 'title', 'h1'],
  h2: ['标题', 'heading', 'h2'],
  h3: ['标题', '小标题', 'heading', 'h3'],
  bullet: ['列表', '符号', 'bullet', 'list'],
  numbered: ['列表', '序号', 'number', 'ordered', 'list'],
  task: ['任务', '勾选', '清单', 'todo', 'task', 'check'],
  quote: ['摘录', 'quote', 'blockquote'],
  divider: ['横线', 'divider', 'line', 'rule', 'hr'],
} as const;

const TYPED_SIGNS = {
  p: '',
  h1: '#',
  h2: '##',
  h3: '###',
  bullet: '-',
  numbered: '1.',
  task: '[]',
  quote: '>',
  divider: '---',
};

/** @param acts what a feature adds: offered after the styles */
export function slashChoices(say: Say, acts: readonly SentenceAct[] = []): SlashChoice[] {
  const kinds = Object.keys(FURTHER_WORDS) as (keyof typeof FURTHER_WORDS)[];
  return [
    ...kinds.map((block) => ({
      id: block,
      label: say(`editor.${block}`),
      note: TYPED_SIGNS[block],
      keywords: [...Object.values(catalogue[`editor.${block}`]), ...FURTHER_WORDS[block]],
      act: { kind: 'block', block } as const,
    })),
    {
      id: 'mention',
      label: say('editor.mention'),
      note: say('editor.mentionNote'),
      keywords: ['提及', '人员', '单位', 'mention', 'person', 'agency', 'party'],
      act: { kind: 'typeMention' },
    },
    ...acts.map(({ id, word, keywords }) => ({
      id,
      label: say(word),
      note: '',
      keywords: [...Object.values(catalogue[word]).map(String), ...keywords],
      act: { kind: 'sentence', id } as const,
    })),
  ];
}
