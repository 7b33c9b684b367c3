// @vitest-environment happy-dom
/** Who follows whom as awareness says it, and a view told by what stands at the upper edge. */
import { describe, expect, it } from 'vitest';
import { readFollow } from '../../../client/features/document/follow/follow-states.ts';
import { recorderOf } from '../../../client/features/document/follow/recorder.ts';
import { readViewPlace, showViewPlace } from '../../../client/features/document/follow/view-place.ts';
import { readPresence } from '../../../client/fields/presence.ts';
import { MEMBERS } from './stage.tsx';

const person = (personId: string) => ({ personId, name: `名-${personId}`, agencyName: '局', role: 'participant' });
const read = (states: [number, unknown][], updated: Record<number, number> = {}) =>
  readFollow(new Map(states), { clientId: 1, personId: 'qin' }, (clientId) => updated[clientId] ?? 0);

describe('who follows whom', () => {
  it('counts each follower once, tells a wall apart, and takes no other for somebody who is here', () => {
    const reading = read([
      [1, { person: person('qin'), following: 'qin' }],
      [2, { person: person('he'), following: 'qin' }],
      [3, { person: person('he'), following: 'qin' }],
      [4, { person: person('meng'), following: 'lin' }],
      [5, { person: person('qin'), following: 'qin', projects: true }],
    ]);
    expect(reading.followerCount).toBe(1);
    expect(reading.isProjected).toBe(true);
    expect([...reading.present.keys()]).toEqual(['he', 'meng']);
    expect(readPresence(new Map([[5, { person: person('lin'), projects: true }]]), 'qin').people).toEqual([]);
  });

  it('takes the view of the window that was heard of last, and passes over what is none', () => {
    const block = (id: string) => ({ of: 'block', id, share: 0.5, gap: 0 });
    const reading = read(
      [
        [2, { person: person('lin'), view: block('new') }],
        [3, { person: person('lin'), view: block('old') }],
        [4, { person: person('he'), view: { of: 'block', id: 'x', share: 7 } }],
        [5, { person: person('meng'), view: 'top', following: 9, projects: 'yes' }],
        [6, 'nothing'],
      ],
      { 2: 20, 3: 10 },
    );
    expect([...reading.views]).toEqual([['lin', block('new')]]);
    expect([...reading.present.keys()].sort()).toEqual(['he', 'lin', 'meng']);
  });

  it('is by default the recorder of the header, then of the case, then the host', () => {
    expect(recorderOf(undefined, MEMBERS)).toBe('lin');
    const recorder = {
      personId: 'qin',
      name: '秦一鸣',
      agencyId: 'centre',
      agencyName: '县综治中心',
      role: 'recorder',
    } as const;
    expect(recorderOf(undefined, [...MEMBERS, recorder])).toBe('qin');
    expect(recorderOf(undefined, [])).toBeNull();
  });
});

describe('a view', () => {
  /** A scrolling element whose parts stand where they are said to; `happy-dom` lays nothing out. */
  function page(scrollTop: number, parts: readonly { html: string; top: number; height: number }[]) {
    const scroller = document.createElement('main');
    scroller.innerHTML = `<div class="prose-text">${parts.map(({ html }) => html).join('')}</div>`;
    scroller.scrollTop = scrollTop;
    const place = (element: Element, top: () => number, height: number) => {
      element.getBoundingClientRect = () => new DOMRect(0, top(), 100, height);
    };
    place(scroller, () => 100, 500);
    for (const [i, element] of [...(scroller.firstElementChild?.children ?? [])].entries()) {
      const part = parts[i];
      if (part !== undefined) place(element, () => 100 + part.top - scroller.scrollTop, part.height);
    }
    return scroller;
  }
  const PARTS = [
    { html: '<p data-id="a">甲</p>', top: 0, height: 100 },
    { html: '<div data-record="t">任务</div>', top: 120, height: 40 },
    { html: '<p data-id="b">乙</p>', top: 200, height: 200 },
  ];
  /** The same page with larger type. */
  const LARGER = PARTS.map(({ html, top, height }) => ({ html, top: top * 2, height: height * 2 }));

  it.each([
    [0, { of: 'top' }, 0],
    [50, { of: 'block', id: 'a', share: 0.5, gap: 0 }, 100],
    [110, { of: 'record', id: 't', share: 0, gap: 10 }, 230],
    [250, { of: 'block', id: 'b', share: 0.25, gap: 0 }, 500],
  ])('scrolled by %d px shows the same words in a window of another size', (scrollTop, place, there) => {
    expect(readViewPlace(page(scrollTop, PARTS))).toEqual(place);
    const other = page(0, LARGER);
    expect(showViewPlace(other, readViewPlace(page(scrollTop, PARTS)))).toBe(true);
    expect(other.scrollTop).toBe(there);
  });

  it('of something that is not here moves nothing', () => {
    const other = page(30, PARTS);
    expect(showViewPlace(other, { of: 'block', id: 'gone', share: 0, gap: 0 })).toBe(false);
    expect(other.scrollTop).toBe(30);
  });
});
