/**
 * The client's only composition root: takes the browser's clock, randomness, storage and network, makes the device from
 * them, and puts the page on the screen. Nothing else in client/ touches these by itself.
 */
import './without-eval.ts';
// In a layer: our own styles win whichever chunk brings them first.
import '@mantine/core/styles.layer.css';
import './ui/base.css';
import { localStorageColorSchemeManager } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { type ChoiceStore, createLanguage } from './language/language-choice.ts';
import { browserWorkerHost } from './offline/browser-host.ts';
import { watchPage } from './offline/page-situation.ts';
import { createProgram } from './offline/program.ts';
import { browserEnvironment } from './replica/browser-environment.ts';
import { createDevice } from './replica/device.ts';
import type { Log } from './replica/environment.ts';
import { guardComposition } from './ui/composing.ts';
import type { Environment } from './ui/environment.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const log: Log = (event, facts) => {
  // biome-ignore lint/suspicious/noConsole: the browser's console is the client's only log; ids and codes, no content.
  console.debug(event, facts ?? {});
};

/** Where choices of appearance are kept; a browser that forbids it forgets them, which harms nothing. */
function choiceStore(): ChoiceStore {
  try {
    window.localStorage.getItem('');
    return window.localStorage;
  } catch {
    const choices = new Map<string, string>();
    return {
      getItem: (key) => choices.get(key) ?? null,
      setItem: (key, value) => void choices.set(key, value),
    };
  }
}

guardComposition(window);
const ports = browserEnvironment(window, log);
const choices = choiceStore();
const environment: Environment = {
  now: ports.clock.nowMs,
  uuid: ports.random.uuid,
  randomBytes: ports.random.bytes,
  fetch: ports.fetch,
  choices,
};

const device = createDevice(ports);
const situation = watchPage(document, ports.clock.nowMs);
const program = createProgram({
  host: browserWorkerHost(window, import.meta.env.PROD, import.meta.url),
  clock: ports.clock,
  page: ports.page,
  situation: () => ({ ...situation(), isUnstored: device.isUnstored() }),
  settled: device.settled,
  loadPage: () => window.location.reload(),
});
// Whatever else closes or reloads the page: the browser asks first while words are in no store.
window.addEventListener('beforeunload', (event) => {
  if (device.isUnstored()) event.preventDefault();
});

createRoot(root).render(
  <App
    device={device}
    program={program}
    environment={environment}
    language={createLanguage(choices, navigator.languages, document.documentElement)}
    colorSchemes={localStorageColorSchemeManager({ key: 'concord-appearance' })}
    onError={(error, info) => log('client.page-failed', { message: error.message, at: info.componentStack ?? '' })}
  />,
);
