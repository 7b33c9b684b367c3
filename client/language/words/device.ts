/** The page of this device: what is kept, what waits, storage, taking unsent work out and in. */
import type { WordArea } from './word.ts';

export const deviceWords = {
  'device.explanation': {
    'zh-CN': '这里是{{name}}在这台设备、这个浏览器里的内容；其他人登录后看不到。',
    en: 'What {{name}} has on this device, in this browser. Nobody else who signs in here sees it.',
  },
  'device.kept': { 'zh-CN': '保留在本机的案件', en: 'Cases kept on this device' },
  'device.keptNone': {
    'zh-CN': '打开一个案件，它的全部文档就会保留在本机，没有网络也能用。',
    en: 'Open a case and all its documents stay on this device, also without a network.',
  },
  'device.column.here': { 'zh-CN': '本机', en: 'Here' },
  'device.column.checked': { 'zh-CN': '最近与服务器核对', en: 'Last compared with the server' },
  'device.hereAll': {
    'zh-CN': '{{count}} 份文档',
    en: { one: '{{count}} document', other: '{{count}} documents' },
  },
  'device.hereSome': { 'zh-CN': '{{here}} / {{count}} 份', en: '{{here}} of {{count}}' },
  'device.behind': {
    'zh-CN': '{{count}} 份在服务器上有新内容',
    en: { one: '{{count}} has something newer', other: '{{count}} have something newer' },
  },
  'device.notChecked': { 'zh-CN': '尚未取齐', en: 'Not complete yet' },
  'device.keepsNew': { 'zh-CN': '新参与的案件自动保留在本机', en: 'Keep new cases on this device' },
  'device.keepsNewExplanation': {
    'zh-CN': '关闭时，案件在本机第一次打开之后才保留；开启后，不必先打开也会取来。公用电脑上请勿开启。',
    en: 'Off: a case is kept from the first time you open it here. On: it is fetched without being opened. Leave it off on a shared computer.',
  },
  'device.unsynced': { 'zh-CN': '还没有送达服务器的内容', en: 'Not on the server yet' },
  'device.unsyncedNone': {
    'zh-CN': '没有。本机的内容都已在服务器上。',
    en: 'Nothing. All work on this device is on the server.',
  },
  'device.unsyncedSome': {
    'zh-CN': '{{documents}} 份文档有改动，{{commands}} 项请求等待办理。联网后自动送达。',
    en: 'Documents with changes: {{documents}}. Requests waiting: {{commands}}. They are delivered by themselves once you are online.',
  },
  'device.unknownDocument': { 'zh-CN': '不在案件目录中的文档', en: 'A document that is in none of your cases' },
  'device.syncNow': { 'zh-CN': '立即同步', en: 'Sync now' },
  'device.export': { 'zh-CN': '导出未同步内容', en: 'Export unsynced work' },
  'device.exportName': { 'zh-CN': '未同步内容-{{name}}-{{day}}', en: 'unsynced-{{name}}-{{day}}' },
  'device.exported': {
    'zh-CN': '已导出 {{documents}} 份文档、{{commands}} 项请求',
    en: 'Exported: {{documents}} documents, {{commands}} requests',
  },
  'device.unreadable': {
    'zh-CN': '另有 {{count}} 处读不出，不在文件里',
    en: {
      one: '{{count}} piece could not be read and is not in it',
      other: '{{count}} pieces could not be read and are not in it',
    },
  },
  'device.exportExplanation': {
    'zh-CN': '导出的文件可以由本人在另一台设备或重装之后导入，重复导入不会重复。文件没有加密，请妥善保管。',
    en: 'You can bring the file in again on another device or after a reinstall; doing it twice changes nothing. It is not encrypted: keep it safe.',
  },
  'device.import': { 'zh-CN': '导入文件', en: 'Import a file' },
  'device.imported': {
    'zh-CN': '已导入 {{documents}} 份文档、{{commands}} 项请求，联网后自动送达',
    en: 'Brought in: {{documents}} documents, {{commands}} requests. They are delivered once you are online',
  },
  'device.importedAlready': {
    'zh-CN': '{{count}} 份文档本机已有',
    en: { one: '{{count}} document was here already', other: '{{count}} documents were here already' },
  },
  'device.importedNothing': {
    'zh-CN': '文件里的内容本机都已有，没有变化。',
    en: 'Everything in the file is here already. Nothing has changed.',
  },
  'device.importFailed.unreadable': {
    'zh-CN': '读不出这个文件：它不是本系统导出的未同步内容，或已损坏。没有导入任何内容。',
    en: 'This file cannot be read: it is no export of unsynced work, or it is damaged. Nothing was brought in.',
  },
  'device.importFailed.newer': {
    'zh-CN': '这个文件由更新的版本导出。请先更新本系统，再导入。',
    en: 'This file was made by a newer version. Update this program first, then bring it in.',
  },
  'device.importFailed.otherPerson': {
    'zh-CN': '这是另一个人的文件，只能由本人登录后导入。没有导入任何内容。',
    en: 'This is another person’s file; only they can bring it in, signed in as themselves. Nothing was brought in.',
  },
  'device.importFailed.notStored': {
    'zh-CN': '这台设备存不下。已导入的部分保留着；腾出空间后请再导入一次，不会重复。',
    en: 'This device cannot store it. What came in stays; make room and bring it in once more, nothing is doubled.',
  },
  'device.storage': { 'zh-CN': '本机空间', en: 'Room on this device' },
  'device.storageUsed': {
    'zh-CN': '约用了 {{used}}，浏览器最多给 {{quota}}。',
    en: 'About {{used}} used; the browser allows up to {{quota}}.',
  },
  'device.storageNearlyFull': {
    'zh-CN': '快满了：约用了 {{used}}，浏览器最多给 {{quota}}。请清理磁盘，或把不急用的案件从本机移除。',
    en: 'Nearly full: about {{used}} of the {{quota}} that the browser allows. Free some disk space, or stop keeping cases you do not need here.',
  },
  'device.storageUnknown': {
    'zh-CN': '浏览器没有说明还有多少空间。',
    en: 'The browser does not say how much room there is.',
  },
  'device.persisted': {
    'zh-CN': '浏览器已承诺不会自行清除本机内容。',
    en: 'The browser has promised not to remove this by itself.',
  },
  'device.notPersisted': {
    'zh-CN': '浏览器没有承诺长期保留：磁盘紧张时可能自行清除。重要内容请尽早联网送达服务器，或导出一份。',
    en: 'The browser has made no promise: when the disk runs low it may remove this by itself. Sync important work soon, or export it.',
  },
  'device.persistedUnknown': {
    'zh-CN': '浏览器没有说明是否会自行清除本机内容。',
    en: 'The browser does not say whether it may remove this by itself.',
  },
  'storeNote.evicted': { 'zh-CN': '浏览器清除了这台设备上的副本', en: 'The browser removed this device’s copy' },
  'storeNote.evictedNext': {
    'zh-CN': '服务器上的内容不受影响；打开过的案件会重新取来并保留。',
    en: 'What the server has is not affected; cases are fetched and kept again as you open them.',
  },
  'storeNote.deletedWhileOpen': { 'zh-CN': '本机存储刚才被删除', en: 'This device’s storage was deleted just now' },
  'storeNote.deletedWhileOpenNext': {
    'zh-CN': '本页打开着的内容已经重新存好，保留的案件正在重新取来。',
    en: 'What is open in this page has been stored again, and kept cases are being fetched again.',
  },
  'storeNote.lost': {
    'zh-CN': '有 {{count}} 项没有送达服务器的改动随之丢失。如果导出过文件，可以在“本机与离线”导入。',
    en: {
      one: '{{count}} change that had not reached the server went with it. If you exported a file, import it on the page “This device and offline work”.',
      other:
        '{{count}} changes that had not reached the server went with it. If you exported a file, import it on the page “This device and offline work”.',
    },
  },
  'storeNote.putBack': {
    'zh-CN': '服务器的数据已恢复到较早的备份',
    en: 'The server was put back to an earlier backup',
  },
  'storeNote.putBackNext': {
    'zh-CN':
      '不用重写：备份之后写的内容由各人的设备自动补回，谁的设备还没联网，谁的部分就晚一点到。补不回的是编号、定稿、新账户和成员变动，请核对后重新办理。',
    en: 'Nothing has to be written again: what was written after the backup comes back by itself from everybody’s devices, as each of them connects. Not brought back: numbers, freezing, new accounts and changes of members. Please check these and do them again.',
  },
  'storeNote.nearlyFull': { 'zh-CN': '本机空间快满了', en: 'This device is running out of room' },
  'storeNote.nearlyFullNext': {
    'zh-CN': '满了以后新写的内容存不下。请清理磁盘，或把不急用的案件从本机移除。',
    en: 'When it is full, new work cannot be stored. Free some disk space, or stop keeping cases you do not need here.',
  },
} as const satisfies WordArea;
