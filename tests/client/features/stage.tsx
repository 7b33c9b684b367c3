/**
 * A document on a stage: real React, Mantine, catalogue and Y.Doc in happy-dom, with a clock and randomness that are
 * given. For tests of fields and tasks; no network and no store.
 */
import { MantineProvider } from '@mantine/core';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createEditing, type Editing } from '../../../client/fields/editing.ts';
import { EditingProvider } from '../../../client/fields/editing-context.tsx';
import { createNames } from '../../../client/fields/names.ts';
import type { CellPlace } from '../../../client/fields/presence.ts';
import { createLanguage } from '../../../client/language/language-choice.ts';
import { LanguageProvider } from '../../../client/language/language-provider.tsx';
import type { RoomReplica, RoomView } from '../../../client/replica/contract.ts';
import { guardComposition } from '../../../client/ui/composing.ts';
import { type Environment, EnvironmentProvider } from '../../../client/ui/environment.tsx';
import { Notices } from '../../../client/ui/notices.tsx';
import type { Member } from '../../../shared/api.ts';
import type { RoomKind } from '../../../shared/rooms.ts';
import type { Language } from '../../../shared/vocabulary.ts';

const NOW_MS = Date.parse('2026-10-20T10:00:00');
export const TODAY = '2026-10-20';

export const MEMBERS: readonly Member[] = [
  { personId: 'lin', name: '林晓舟', agencyId: 'centre', agencyName: '县综治中心', role: 'host' },
  { personId: 'he', name: '何志远', agencyId: 'labour', agencyName: '县人社局', role: 'participant' },
  { personId: 'meng', name: '孟祥宁', agencyId: 'housing', agencyName: '县住建局', role: 'participant' },
  { personId: 'xu', name: '许知夏', agencyId: 'justice', agencyName: '县司法局', role: 'reviewer' },
];

export interface Stage {
  readonly editing: Editing;
  readonly doc: Y.Doc;
  readonly work: RoomReplica;
  /** How many holds of remote changes are under way. */
  holds(): number;
  /** Where the person said they are, newest last. */
  readonly places: (CellPlace | null)[];
  readonly root: HTMLElement;
  show(page: ReactNode): Promise<void>;
  /** Does something and lets React finish. */
  perform(work: () => void): Promise<void>;
  strike(): Promise<void>;
}

function createEnvironment(): Environment {
  let count = 0;
  const kept = new Map<string, string>();
  return {
    now: () => NOW_MS,
    uuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
    },
    randomBytes: (length) => new Uint8Array(length).map((_, index) => (index * 7 + count++) % 256),
    choices: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    fetch: () => Promise.reject(new Error('no network on the stage')),
  };
}

/** @param me a person of MEMBERS */
export function createStage(
  me: string,
  { mayWrite = true, language = 'zh-CN' }: { mayWrite?: boolean; language?: Language } = {},
): Stage {
  // React asks for this before it lets `act` work.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const endGuard = guardComposition(window);
  const environment = createEnvironment();
  const doc = new Y.Doc();
  const editing = createEditing(doc, me, environment);
  let holds = 0;
  const holdRemoteChanges = () => {
    holds += 1;
    return () => {
      holds -= 1;
    };
  };
  const body = room('body', doc, mayWrite, holdRemoteChanges);
  const work = room('work', new Y.Doc(), mayWrite, holdRemoteChanges);
  const places: (CellPlace | null)[] = [];
  const names = createNames({ agencies: [], people: [] }, MEMBERS, '?');
  const pageLanguage = createLanguage({ getItem: () => language, setItem: () => {} }, [], document.documentElement);
  const element = document.createElement('div');
  document.body.append(element);
  const react: Root = createRoot(element);
  const context = {
    editing,
    body,
    mayWrite,
    names,
    today: TODAY,
    enterCell: (place: CellPlace | null) => void places.push(place),
    undo: () => void editing.history.undo(),
    redo: () => void editing.history.redo(),
  };
  return {
    editing,
    doc,
    work,
    holds: () => holds,
    places,
    root: element,
    show: async (page) => {
      await act(async () =>
        react.render(
          <LanguageProvider language={pageLanguage}>
            <MantineProvider env="test">
              <EnvironmentProvider environment={environment}>
                <Notices>
                  <EditingProvider value={context}>{page}</EditingProvider>
                </Notices>
              </EnvironmentProvider>
            </MantineProvider>
          </LanguageProvider>,
        ),
      );
    },
    perform: (work) => act(async () => work()),
    strike: async () => {
      await act(async () => react.unmount());
      element.remove();
      endGuard();
      editing.destroy();
    },
  };
}

function room(kind: RoomKind, doc: Y.Doc, mayWrite: boolean, holdRemoteChanges: () => () => void): RoomReplica {
  const view: RoomView = {
    load: { kind: 'ready' },
    mayWrite,
    documentState: 'draft',
    connected: true,
    synced: true,
    heldChanges: 0,
    isUnacknowledged: false,
  };
  return {
    room: kind,
    doc,
    awareness: new Awareness(doc),
    view: { get: () => view, subscribe: () => () => {} },
    holdRemoteChanges,
  };
}

/** Types into a box as the browser reports it: the value, then an input event. */
export function typeInto(box: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(box, value);
  box.setSelectionRange(value.length, value.length);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

export function press(box: HTMLElement, key: string, more: KeyboardEventInit = {}): void {
  box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
}

export function compose(box: HTMLElement, phase: 'start' | 'end'): void {
  box.dispatchEvent(new CompositionEvent(`composition${phase}`, { bubbles: true }));
}

/** The one element of a kind in here; throws when there is none. */
export function one<T extends Element>(root: ParentNode, selector: string, kind: new () => T): T {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`nothing on the stage for ${selector}`);
  return found;
}
