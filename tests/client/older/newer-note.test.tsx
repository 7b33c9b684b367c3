// @vitest-environment happy-dom
/** What the page says of a document that a newer version wrote in: how much is not shown, and where it stands. */
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NewerNote } from '../../../client/fields/newer-note.tsx';
import { createRecord } from '../../../shared/fields/records.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { writeTemplate } from '../../../shared/kinds/template.ts';
import { BODY_ROOTS, textRoot } from '../../../shared/rooms.ts';
import type { DocumentKind, Language } from '../../../shared/vocabulary.ts';
import { createStage, type Stage } from '../features/stage.tsx';
import { EDITED, newerBody, newerLog, tablesOf, valueFor } from './newer-document.ts';

const KIND_NAMES = Object.keys(KINDS) as DocumentKind[];

describe('the note about a newer version', () => {
  let stage: Stage;
  afterEach(() => stage.strike());

  const show = async (kind: DocumentKind, body: Y.Doc, language: Language = 'zh-CN', isNewer = true) => {
    stage = createStage('he', { language });
    Y.applyUpdate(stage.doc, Y.encodeStateAsUpdate(body));
    const log = (room: 'review' | 'work') => ({ doc: isNewer ? newerLog(room).doc : new Y.Doc() });
    const rooms = { review: log('review'), work: log('work'), record: { doc: new Y.Doc() } };
    await stage.show(<NewerNote spec={KINDS[kind]} rooms={rooms} />);
    return stage.root.querySelector('[role=note]')?.textContent ?? '';
  };

  for (const kind of KIND_NAMES) {
    it(`says how much is not shown, and where, in ${kind}`, async () => {
      const words = await show(kind, newerBody(KINDS[kind]).doc);
      expect(words).toMatch(/^有 \d+ 项内容由较新版本写入，这里不显示，原样保留：基本信息 \d+ 项/);
      expect(words).toContain('评论');
      if (KINDS[kind].tasks !== undefined) expect(words).toMatch(/任务 \d+ 项/);
    });

    it(`says nothing of a ${kind} in which everything is of this version`, async () => {
      const doc = new Y.Doc();
      let ids = 0;
      const newId = () => `id${++ids}`;
      writeTemplate(doc, kind, 'zh-CN', { title: '题目', by: 'he', atMs: 1, newId });
      const write = { by: 'he', atMs: 2 };
      for (const spec of KINDS[kind].fields) {
        if (spec.input === 'longText') doc.getText(textRoot(HEADER_RECORD, spec.id)).insert(0, '文字');
        else
          setRegister(doc.getMap(BODY_ROOTS.fields), {
            ...write,
            recordId: HEADER_RECORD,
            field: spec.id,
            value: valueFor(spec, 0),
            rev: newId(),
          });
      }
      for (const [root, columns] of tablesOf(KINDS[kind])) {
        const values = Object.fromEntries(
          columns.flatMap((spec) => (spec.input === 'longText' ? [] : [[spec.id, valueFor(spec, 0)]])),
        );
        createRecord(doc.getMap(root), { recordId: EDITED, values }, { ...write, newRev: newId });
        for (const spec of columns)
          if (spec.input === 'longText') doc.getText(textRoot(EDITED, spec.id)).insert(0, '文字');
      }
      expect(await show(kind, doc, 'zh-CN', false)).toBe('');
    });
  }

  it('says it in English too', async () => {
    const words = await show('actionPlan', newerBody(KINDS.actionPlan).doc, 'en');
    expect(words).toMatch(/^\d+ items were written by a newer version\. .*header \d+.*tasks \d+/);
  });
});
