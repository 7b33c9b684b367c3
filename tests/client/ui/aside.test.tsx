// @vitest-environment happy-dom
/** What stands beside a page: open when there is something in it or the person wants it, and that is remembered. */
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { createLanguage } from '../../../client/language/language-choice.ts';
import { LanguageProvider } from '../../../client/language/language-provider.tsx';
import { useAside } from '../../../client/ui/aside.tsx';
import { type Environment, EnvironmentProvider } from '../../../client/ui/environment.tsx';
import { Page, preloadDrawers } from '../../../client/ui/shell.tsx';

function PageWithAside({ count }: { count: number }) {
  const aside = useAside('comments', count > 0);
  return (
    <Page path="纪要" aside={{ ...aside, label: '评论', count, children: <p>评论的内容</p> }}>
      正文
    </Page>
  );
}

const choices = new Map<string, string>();
let strike = async () => {};
let redraw = (_count: number) => {};

async function show(count: number): Promise<HTMLElement> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const environment: Environment = {
    now: () => 0,
    uuid: () => '',
    randomBytes: (length) => new Uint8Array(length),
    choices: { getItem: (key) => choices.get(key) ?? null, setItem: (key, value) => void choices.set(key, value) },
    fetch: () => Promise.reject(new Error('no network')),
  };
  const pageLanguage = createLanguage({ getItem: () => 'zh-CN', setItem: () => {} }, [], document.documentElement);
  const element = document.createElement('div');
  document.body.append(element);
  const root = createRoot(element);
  strike = async () => {
    await act(async () => root.unmount());
    element.remove();
  };
  redraw = (count_) =>
    root.render(
      <LanguageProvider language={pageLanguage}>
        <MantineProvider env="test">
          <EnvironmentProvider environment={environment}>
            <PageWithAside count={count_} />
          </EnvironmentProvider>
        </MantineProvider>
      </LanguageProvider>,
    );
  await act(async () => redraw(count));
  return document.body;
}

const setWidth = (width: number) =>
  (window as unknown as { happyDOM: { setViewport(size: object): void } }).happyDOM.setViewport({ width, height: 800 });
const isShown = () => document.body.textContent?.includes('评论的内容') ?? false;
const button = (name: RegExp) => {
  const found = [...document.querySelectorAll('button')].find((each) =>
    name.test(`${each.textContent}${each.getAttribute('aria-label') ?? ''}`),
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const click = (name: RegExp) => act(async () => button(name).click());

afterEach(async () => {
  await strike();
  choices.clear();
});

describe('what stands beside a page', () => {
  it('is open where there is something in it, and folded where there is nothing', async () => {
    setWidth(1440);
    await show(0);
    expect(isShown()).toBe(false);
    await strike();
    await show(2);
    expect(isShown()).toBe(true);
    expect(button(/^评论2$/).getAttribute('aria-expanded')).toBe('true');
  });

  it('does not fold by itself when what was in it is gone', async () => {
    setWidth(1440);
    await show(2);
    await act(async () => redraw(0));
    expect(isShown()).toBe(true);
  });

  it('stays as the person left it', async () => {
    setWidth(1440);
    await show(2);
    await click(/收起评论/);
    expect(isShown()).toBe(false);
    await strike();
    await show(2);
    expect(isShown()).toBe(false);
    await click(/^评论2$/);
    await strike();
    await show(0);
    expect(isShown()).toBe(true);
  });

  it('on a narrow screen covers the page only when asked, whatever was chosen on a wide one', async () => {
    setWidth(390);
    choices.set('concord-aside-comments', 'open');
    // As the product does: what slides over is fetched before it is asked for.
    await preloadDrawers();
    await show(2);
    expect(isShown()).toBe(false);
    await click(/^评论2$/);
    expect(isShown()).toBe(true);
    await click(/关闭/);
    expect(isShown()).toBe(false);
    expect(choices.get('concord-aside-comments')).toBe('open');
  });
});
