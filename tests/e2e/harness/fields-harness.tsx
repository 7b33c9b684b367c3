/**
 * A page with one field of every kind of entry, for scenes that need a real browser but no relay. Its document is linked with
 * a colleague's. The scene drives it through `window.fields`.
 */
import '../../../client/without-eval.ts';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '../../../client/ui/base.css';
import { MantineProvider } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Awareness } from 'y-protocols/awareness';
import { createEditing } from '../../../client/fields/editing.ts';
import { EditingProvider } from '../../../client/fields/editing-context.tsx';
import { HeaderFields } from '../../../client/fields/header-fields.tsx';
import { createNames } from '../../../client/fields/names.ts';
import { NOBODY } from '../../../client/fields/presence.ts';
import { createLanguage } from '../../../client/language/language-choice.ts';
import { LanguageProvider } from '../../../client/language/language-provider.tsx';
import type { RoomReplica, RoomView } from '../../../client/replica/contract.ts';
import { guardComposition } from '../../../client/ui/composing.ts';
import { Notices } from '../../../client/ui/notices.tsx';
import { theme } from '../../../client/ui/theme.ts';
import type { Directory } from '../../../shared/api.ts';
import { type FieldValue, readRegister, setRegister } from '../../../shared/fields/register.ts';
import { type FieldInput, type FieldSpec, HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { BODY_ROOTS, textRoot } from '../../../shared/rooms.ts';
import { insertTyped } from '../../../shared/typing-runs.ts';
import { linkedDocuments } from './linked-documents.ts';

const INPUTS = [
  'text',
  'longText',
  'date',
  'dateTime',
  'person',
  'people',
  'agency',
  'agencies',
  'textList',
] as const satisfies readonly FieldInput[];
const SPECS: readonly FieldSpec[] = INPUTS.map((input) => ({ id: input, input, label: { 'zh-CN': input, en: input } }));
const LONG = textRoot(HEADER_RECORD, 'longText');
const ME = '11111111-1111-4111-8111-111111111111';
const HE = '22222222-2222-4222-8222-222222222222';

guardComposition(window);
const linked = linkedDocuments();
const { doc, colleague } = linked;
let made = 0;
const environment = { now: () => Date.now(), uuid: () => `${doc.clientID}-${++made}` };

const fields = {
  /** What the long text says before anybody looks. */
  begin(longText: string): void {
    doc.getText(LONG).insert(0, longText);
    linked.link();
    show();
  },
  colleagueSets(field: string, value: FieldValue): void {
    const write = { recordId: HEADER_RECORD, field, value, by: HE, atMs: Date.now(), rev: `c-${++made}` };
    setRegister(colleague.getMap(BODY_ROOTS.fields), write);
  },
  colleagueWrites(at: number, text: string): void {
    const long = colleague.getText(LONG);
    insertTyped(long, false, () => long.insert(Math.min(at, long.length), text));
  },
  colleagueCuts(at: number, length: number): void {
    colleague.getText(LONG).delete(at, length);
  },
  /** The values of a field, as both see them. */
  values: (field: string) =>
    [doc, colleague].map((each) =>
      readRegister(each.getMap(BODY_ROOTS.fields), HEADER_RECORD, field).map(({ value }) => value),
    ),
  longTexts: () => [doc, colleague].map((each) => each.getText(LONG).toString()),
  isHolding: linked.isHolding,
  waitingCount: linked.waitingCount,
};

export type FieldsHarness = typeof fields;

function show(): void {
  const editing = createEditing(doc, ME, environment);
  const agency: Directory['agencies'][number] = {
    agencyId: '33333333-3333-4333-8333-333333333333',
    name: '云川县人社局',
    shortName: '县人社局',
    mark: '人',
  };
  const names = createNames(
    {
      agencies: [agency],
      people: [{ personId: HE, name: '何志远', agencyIds: [agency.agencyId], isAdministrator: false }],
    },
    [],
    '?',
  );
  const view: RoomView = {
    load: { kind: 'ready' },
    mayWrite: true,
    documentState: 'draft',
    connected: true,
    synced: true,
    isUnacknowledged: false,
    heldChanges: 0,
  };
  const body: RoomReplica = {
    room: 'body',
    doc,
    awareness: new Awareness(doc),
    view: { get: () => view, subscribe: () => () => {} },
    holdRemoteChanges: linked.hold,
  };
  const language = createLanguage({ getItem: () => 'zh-CN', setItem: () => {} }, [], document.documentElement);
  const root = document.getElementById('root');
  if (root === null) throw new Error('fields.html has no #root');
  function Fields() {
    const reading = useSyncExternalStore(editing.fieldsView.subscribe, editing.fieldsView.read);
    return <HeaderFields specs={SPECS} header={reading.records.get(HEADER_RECORD)} presence={NOBODY} />;
  }
  createRoot(root).render(
    <LanguageProvider language={language}>
      <MantineProvider theme={theme}>
        <Notices>
          <EditingProvider
            value={{
              editing,
              body,
              mayWrite: true,
              names,
              today: '2026-11-26',
              enterCell: () => {},
              undo: () => void editing.history.undo(),
              redo: () => void editing.history.redo(),
            }}
          >
            <Fields />
          </EditingProvider>
        </Notices>
      </MantineProvider>
    </LanguageProvider>,
  );
}

Object.assign(window, { fields });
