/**
 * A plan of 200 tasks while ten editors change it: how long a key takes in one real page until its answer is painted, when
 * typing in a cell, moving the cursor and opening a cell; a plan of ten tasks in the same run is the measure. Frames are not
 * held to a screen's beat, so that work is measured and not waiting.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { chromium, type Page } from '@playwright/test';
import { appendEvent } from '../../shared/events/event-log.ts';
import { createRecord } from '../../shared/fields/records.ts';
import { setRegister } from '../../shared/fields/register.ts';
import { makeUlid } from '../../shared/ids.ts';
import { BODY_ROOTS, EVENTS_ROOT, textRoot } from '../../shared/rooms.ts';
import { type ApiUser, setUpCase, startRelay, TEST_PASSWORD, type TestCase } from '../support/relay-process.ts';
import { connectStock } from '../support/stock-client.ts';
import type { Bench, Figure } from './figure.ts';

const EDITORS = 10;
const [CHANGE_EVERY_MS, PRESENCE_EVERY_MS] = [100, 50];
/** What a key may take of a frame at 60 a second. */
const FRAME_MS = 16;

const bench: Bench = {
  title: 'plan typing',
  run: async () => {
    // The stock client says on the console that it does not know our further message numbers.
    console.error = () => undefined;
    const relay = await startRelay({ withClient: true, env: { CONCORD_LOG_LEVEL: 'fatal' } });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-frame-rate-limit', '--disable-gpu-vsync'],
    });
    try {
      const house = await setUpCase(relay);
      const editors: ApiUser[] = [];
      for (let i = 1; i <= EDITORS; i++) editors.push(await house.addMember(`参会单位${i}`, 'participant'));
      const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
      await signInAt(page, relay.origin);
      const few = await measurePlan(page, relay.origin, house, editors, 10);
      const many = await measurePlan(page, relay.origin, house, editors, 200);
      return [
        ...(['typing', 'moving', 'opening'] as const).map((what): Figure => {
          const [reference, value] = [percentile(few[what], 0.5), percentile(many[what], 0.5)];
          const ratio = { of: `in 10 tasks (${ms(reference)})`, value: value / reference, bar: 2 };
          return { name: `${what} in 200 tasks, half of the keys within`, value: ms(value), ratio };
        }),
        ...(['typing', 'moving', 'opening'] as const).map((what): Figure => {
          const value = percentile(many[what], 0.95);
          const ratio = { of: 'a frame of 16 ms', value: value / FRAME_MS, ...(what === 'typing' && { bar: 1 }) };
          return { name: `${what} in 200 tasks, 19 of 20 keys within`, value: ms(value), ratio };
        }),
      ];
    } finally {
      await browser.close();
      await relay.stop('SIGTERM');
    }
  },
};

const ms = (value: number) => `${value.toFixed(1)} ms`;
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

async function signInAt(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.getByLabel('姓名').fill('administrator');
  await page.locator('input[type=password]').fill(TEST_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: '欠薪' }).first().waitFor();
}

async function measurePlan(page: Page, origin: string, house: TestCase, editors: readonly ApiUser[], count: number) {
  const documentId = await house.addDocument('actionPlan');
  const recordIds = await writePlan(origin, house, documentId, count);
  const stop = await editConstantly(origin, documentId, editors, recordIds);
  try {
    await page.goto(`${origin}/cases/${house.caseId}/documents/${documentId}`);
    await page
      .locator('tr[data-record]')
      .nth(count - 1)
      .waitFor();
    await page.evaluate(watchKeys);
    const cell = page
      .locator('tr[data-record]')
      .nth(count / 2)
      .locator('[data-field="measure"]');
    await cell.getByRole('button').click();
    await cell.getByRole('textbox').waitFor();
    const typing = await timed(page, async () => {
      for (let i = 0; i < 120; i++) await page.keyboard.press('abcdefgh'[i % 8] ?? 'a', { delay: 15 });
    });
    await page.keyboard.press('Escape');
    const moving = await timed(page, async () => {
      for (const key of ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft'])
        for (let i = 0; i < 20; i++) await page.keyboard.press(key, { delay: 15 });
    });
    const opening: number[] = [];
    for (let i = 0; i < 30; i++) {
      opening.push(...(await timed(page, () => page.keyboard.press('F2'))));
      await page.keyboard.press('Escape');
    }
    return { typing, moving, opening };
  } finally {
    stop();
  }
}

/** Notes, for each key, the time from the key until the frame with its answer is made. */
function watchKeys(): void {
  const noted: number[] = [];
  Object.assign(window, { noted });
  document.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => noted.push(performance.now() - timeStamp);
        channel.port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

/** The times of the keys pressed meanwhile. */
async function timed(page: Page, act: () => Promise<void>): Promise<number[]> {
  const take = () => page.evaluate(() => (window as unknown as { noted: number[] }).noted.splice(0));
  await take();
  await act();
  await page.waitForFunction(() => (window as unknown as { noted: number[] }).noted.length > 0);
  return take();
}

/** A plan in which every field of every task is filled and most tasks are under way. */
async function writePlan(origin: string, house: TestCase, documentId: string, count: number): Promise<string[]> {
  const { administrator, agencyId } = house;
  const { cookie, personId: by } = administrator;
  const connect = (room: 'body' | 'work') => connectStock({ origin, address: { documentId, room }, cookie });
  const [body, work] = [connect('body'), connect('work')];
  await until(() => body.provider.synced && work.provider.synced);
  const recordIds = Array.from({ length: count }, () => randomUUID());
  const context = { by, atMs: Date.now(), newRev: randomUUID };
  body.doc.transact(() => {
    for (const [i, recordId] of recordIds.entries()) {
      const due = `2026-12-${String((i % 28) + 1).padStart(2, '0')}`;
      const values = { leadAgency: agencyId, supportingAgencies: ['总包单位', '建设单位'], owner: by, due };
      createRecord(body.doc.getMap(BODY_ROOTS.tasks), { recordId, values }, context);
      body.doc.getText(textRoot(recordId, 'problem')).insert(0, `问题${i + 1}：工资台账与考勤不一致`);
      body.doc.getText(textRoot(recordId, 'measure')).insert(0, '核对考勤、工资台账、银行流水，一人一表，逐人确认');
    }
  });
  const events = work.doc.getMap(EVENTS_ROOT);
  work.doc.transact(() => {
    const add = (event: object) =>
      appendEvent(
        events,
        by,
        makeUlid(context.atMs + events.size, (length) => randomBytes(length)),
        event,
      );
    for (const [i, taskId] of recordIds.entries()) {
      if (i % 4 === 3) continue;
      add({ type: 'taskAccepted', taskId });
      add({ type: 'taskStarted', taskId });
      for (const percent of [20, 40, 60]) add({ type: 'taskProgress', taskId, percent, note: '已核对到人。' });
    }
  });
  // Whoever comes in now is given all of it: it is stored.
  const [bodyReader, workReader] = [connect('body'), connect('work')];
  const tasks = BODY_ROOTS.tasks;
  await until(
    () =>
      bodyReader.doc.getMap(tasks).size === body.doc.getMap(tasks).size &&
      workReader.doc.getMap(EVENTS_ROOT).size === events.size,
  );
  for (const { provider } of [body, work, bodyReader, workReader]) provider.destroy();
  return recordIds;
}

/** Ten editors: ten changes and twenty moves from cell to cell a second in all; returns how to end it. */
async function editConstantly(
  origin: string,
  documentId: string,
  editors: readonly ApiUser[],
  recordIds: readonly string[],
): Promise<() => void> {
  const clients = editors.map(({ personId, cookie }) => ({
    personId,
    ...connectStock({ origin, address: { documentId, room: 'body' }, cookie }),
  }));
  await until(() => clients.every(({ provider }) => provider.synced));
  const at = <T>(list: readonly T[], index: number) => list[index % list.length] as T;
  let turn = 0;
  const change = () => {
    turn += 1;
    const { doc, personId } = at(clients, turn);
    const recordId = at(recordIds, turn * 7);
    const write = { by: personId, atMs: Date.now() };
    const tasks = doc.getMap<unknown>(BODY_ROOTS.tasks);
    doc.transact(() => {
      if (turn % 50 === 0) {
        createRecord(tasks, { recordId: randomUUID(), values: {} }, { ...write, newRev: randomUUID });
      } else if (turn % 2 === 0) {
        const value = `2026-11-${String((turn % 28) + 1).padStart(2, '0')}`;
        setRegister(tasks, { ...write, recordId, field: 'due', value, rev: randomUUID() });
      } else doc.getText(textRoot(recordId, 'problem')).insert(0, '补');
    });
  };
  let step = 0;
  const move = () => {
    step += 1;
    const cell = { recordId: at(recordIds, step * 3), field: 'due' };
    at(clients, step).provider.awareness.setLocalStateField('cell', cell);
  };
  const timers = [setInterval(change, CHANGE_EVERY_MS), setInterval(move, PRESENCE_EVERY_MS)];
  return () => {
    for (const timer of timers) clearInterval(timer);
    for (const { provider } of clients) provider.destroy();
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

export default bench;
