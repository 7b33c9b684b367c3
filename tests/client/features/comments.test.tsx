// @vitest-environment happy-dom
/** The parts of the comments panel: the box one writes in, who is named, which threads are shown in which order. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommentBox } from '../../../client/comments/comment-box.tsx';
import { fieldAt, fieldKey, fieldLabel, fieldQuote, listFields } from '../../../client/comments/field-places.ts';
import { mentionPieces, mentionQueryAt, mentionsIn, offered } from '../../../client/comments/mention-query.ts';
import { inDocumentOrder, whereabouts } from '../../../client/comments/thread-view.ts';
import { type Anchor, MAX_COMMENT_LENGTH } from '../../../shared/events/review-events.ts';
import { compose, createStage, one, press, type Stage, typeInto } from './stage.tsx';

const PEOPLE = [
  { personId: 'lin', name: '林晓舟', note: '县综治中心' },
  { personId: 'lx', name: '林晓', note: '县总工会' },
  { personId: 'he', name: '何志远', note: '县人社局' },
  { personId: 'he2', name: '何志远', note: '县住建局' },
];

describe('a mention', () => {
  it('is being typed behind an @ that belongs to no address', () => {
    expect(mentionQueryAt('请@何', 3)).toEqual({ from: 1, query: '何' });
    expect(mentionQueryAt('请@何志远 核对', 8)).toBeNull();
    expect(mentionQueryAt('写信给a@b', 6)).toBeNull();
    expect(mentionQueryAt('请＠', 2)).toEqual({ from: 1, query: '' });
  });

  it('offers by name and by agency, those that begin with it first', () => {
    expect(offered(PEOPLE, '林').map(({ personId }) => personId)).toEqual(['lin', 'lx']);
    expect(offered(PEOPLE, '人社').map(({ personId }) => personId)).toEqual(['he']);
    expect(offered(PEOPLE, '无此人')).toEqual([]);
  });

  it('names the longest name there, and everybody of one name', () => {
    expect(mentionsIn('@林晓舟 看', PEOPLE)).toEqual(['lin']);
    expect(mentionsIn('@林晓，@何志远', PEOPLE)).toEqual(['lx', 'he', 'he2']);
    expect(mentionsIn('没有人', PEOPLE)).toEqual([]);
    expect(mentionPieces('请@林晓舟看', PEOPLE).map(({ text }) => text)).toEqual(['请', '@林晓舟', '看']);
    expect(mentionPieces('@@林晓舟', PEOPLE).map(({ text }) => text)).toEqual(['@', '@林晓舟']);
  });
});

describe('the box of a comment', () => {
  let stage: Stage;
  let text = '';
  const sent: string[] = [];
  const left: string[] = [];
  const show = () =>
    stage.show(
      <CommentBox
        room={stage.work}
        value={text}
        people={PEOPLE}
        label="评论内容"
        hint=""
        sendLabel="发送"
        isFocused
        onChange={(next) => {
          text = next;
        }}
        onSend={() => sent.push(text)}
        onLeave={() => left.push('left')}
        onDiscard={() => left.push('discarded')}
      />,
    );
  const box = () => one(stage.root, 'textarea', HTMLTextAreaElement);
  const options = () => [...stage.root.querySelectorAll('[role=option]')].map((each) => each.firstChild?.textContent);
  const write = async (value: string) => {
    await stage.perform(() => typeInto(box(), value));
    await show();
  };
  beforeEach(async () => {
    // The box measures itself anew when fonts arrive; this window has none.
    Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });
    text = '';
    sent.length = 0;
    left.length = 0;
    stage = createStage('xu');
    await show();
  });
  afterEach(() => stage.strike());

  it('has the focus and a name, sends on Ctrl+Enter and not on Enter', async () => {
    expect(document.activeElement).toBe(box());
    expect(box().getAttribute('aria-label')).toBe('评论内容');
    await write('请核对');
    await stage.perform(() => press(box(), 'Enter'));
    expect(sent).toEqual([]);
    await stage.perform(() => press(box(), 'Enter', { ctrlKey: true }));
    expect(sent).toEqual(['请核对']);
  });

  it('sends nothing without words, nor more than a comment may hold', async () => {
    await write('  ');
    await stage.perform(() => press(box(), 'Enter', { ctrlKey: true }));
    await write('长'.repeat(MAX_COMMENT_LENGTH + 3));
    await stage.perform(() => press(box(), 'Enter', { ctrlKey: true }));
    expect(sent).toEqual([]);
    expect(stage.root.textContent).toContain('超出 3 字');
  });

  it('does nothing with keys of an input method that composes', async () => {
    await write('@');
    expect(options().length).toBeGreaterThan(0);
    await stage.perform(() => compose(box(), 'start'));
    expect(options()).toEqual([]);
    await write('@lin');
    expect(options()).toEqual([]);
    await stage.perform(() => press(box(), 'Enter', { ctrlKey: true, isComposing: true }));
    await stage.perform(() => press(box(), 'Escape', { isComposing: true }));
    expect([sent, left]).toEqual([[], []]);
    await write('@林');
    await stage.perform(() => compose(box(), 'end'));
    expect(options()).toEqual(['林晓舟', '林晓']);
  });

  it('puts in the name that is chosen by key, and leaves the list by Escape', async () => {
    await write('请@林');
    await stage.perform(() => press(box(), 'ArrowDown'));
    await stage.perform(() => press(box(), 'Enter'));
    expect(text).toBe('请@林晓 ');
    await show();
    expect(options()).toEqual([]);
    await write('请@林晓 @');
    await stage.perform(() => press(box(), 'Escape'));
    expect(options()).toEqual([]);
    expect(left).toEqual([]);
    await stage.perform(() => press(box(), 'Escape'));
    expect(left).toEqual(['left']);
  });
});

describe('threads in the panel', () => {
  const prose = (exact: string): Anchor => ({
    of: 'prose',
    first: { client: 1, clock: 1 },
    last: { client: 1, clock: 2 },
    blockId: 'b',
    quote: { exact, prefix: '', suffix: '' },
  });
  const field = (recordId: string): Anchor => ({ of: 'field', recordId, field: 'due', quote: '10-24' });

  it('follow the text, then the fields, then the document', () => {
    const items = [
      { id: 'doc', anchor: { of: 'document' } as const },
      { id: 'row2', anchor: field('r2') },
      { id: 'late', anchor: prose('后') },
      { id: 'row1', anchor: field('r1') },
      { id: 'early', anchor: prose('前') },
      { id: 'unplaced', anchor: prose('未知') },
    ];
    const places = ['early', 'late'].map((threadId) => ({ threadId, words: '字' }));
    const order = inDocumentOrder(items, places, ({ recordId }) => (recordId === 'r1' ? 0 : 1));
    expect(order.map(({ id }) => id)).toEqual(['early', 'late', 'unplaced', 'row1', 'row2', 'doc']);
  });

  it('say where their words are: there, changed, or gone with the quotation', () => {
    const anchor = prose('尽快');
    const where = (words: string | null) => whereabouts(anchor, anchor, { threadId: 't', words });
    expect(where('尽快')).toEqual({ kind: 'words', quote: '尽快', now: null });
    expect(where('尽十日内快')).toEqual({ kind: 'words', quote: '尽快', now: '尽十日内快' });
    expect(where(null)).toEqual({ kind: 'gone', quote: '尽快' });
    // Named anew with other words, it still quotes what it was written about.
    expect(whereabouts(prose('十日内'), anchor, { threadId: 't', words: null })).toEqual({
      kind: 'gone',
      quote: '尽快',
    });
  });
});

describe('a field as a place for comments', () => {
  const page = () => {
    const root = document.createElement('div');
    root.innerHTML = `
      <dl><div data-record="header" data-field="place" data-label="地点"><dd><button><span class="mantine-VisuallyHidden-root">地点 </span>会议室</button></dd></div></dl>
      <table><tbody>
        <tr data-record="t1"><td data-field="due" data-label="时限">10-24</td><td id="menu" data-field="more">…</td></tr>
        <tr data-record="t2" data-row-label="决定 2"><td data-field="due" data-label="时限">10-27</td></tr>
      </tbody></table>
      <input data-stands-for="t2/due">`;
    return root;
  };
  const words = { row: (n: number) => `第 ${n} 行`, rowField: (row: string, name: string) => `${row} · ${name}` };

  it('is known by what the page says of it', () => {
    const root = page();
    const at = (selector: string) => {
      const element = root.querySelector(selector);
      return element === null ? null : fieldAt(element);
    };
    expect(at('button')).toEqual({ recordId: 'header', field: 'place' });
    expect(at('td')).toEqual({ recordId: 't1', field: 'due' });
    expect(at('#menu')).toEqual({ recordId: 't1', field: '' });
    expect(at('input')).toEqual({ recordId: 't2', field: 'due' });
    expect(at('table')).toBeNull();
    expect(fieldLabel(root, { recordId: 'header', field: 'place' }, words)).toBe('地点');
    expect(fieldLabel(root, { recordId: 't1', field: 'due' }, words)).toBe('第 1 行 · 时限');
    expect(fieldLabel(root, { recordId: 't2', field: '' }, words)).toBe('决定 2');
    expect(fieldLabel(root, { recordId: 'gone', field: 'due' }, words)).toBeNull();
    expect(fieldQuote(root, { recordId: 'header', field: 'place' })).toBe('会议室');
    expect(listFields(root).map(fieldKey)).toEqual(['header/place', 't1/', 't2/']);
  });
});
