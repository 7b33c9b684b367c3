/** What is true of the work on this device, and what went wrong with what to do next. */
import type { WordArea } from './word.ts';

export const statusWords = {
  'status.opening': { 'zh-CN': '正在打开', en: 'Opening' },
  'status.saving': { 'zh-CN': '保存中', en: 'Saving' },
  'status.savedOnDevice': { 'zh-CN': '已保存在本机', en: 'Saved on this device' },
  'status.savedOnServer': { 'zh-CN': '已保存到服务器', en: 'Saved on the server' },
  'status.offlineNone': { 'zh-CN': '离线 · 无待同步', en: 'Offline · nothing waiting' },
  'status.offlineRequests': {
    'zh-CN': '离线 · {{count}} 项请求待办理',
    en: { one: 'Offline · {{count}} request waiting', other: 'Offline · {{count}} requests waiting' },
  },
  'status.offline': {
    'zh-CN': '离线 · {{count}} 份文档待同步',
    en: { one: 'Offline · {{count}} document waiting', other: 'Offline · {{count}} documents waiting' },
  },
  'status.needsAttention': { 'zh-CN': '需要处理', en: 'Needs attention' },
  'status.alreadySaved': {
    'zh-CN': '不用按保存：每一次改动都自动存在本机。',
    en: 'No need to save: every change is already stored on this device.',
  },
  'status.alreadySavedOnServer': {
    'zh-CN': '已经保存：本机和服务器都有这一版。',
    en: 'Already saved: this device and the server both have it.',
  },
  'problem.store.quota': {
    'zh-CN': '这台设备的空间不够，存不下新内容',
    en: 'This device has no space left for new work',
  },
  'problem.store.quotaNext': {
    'zh-CN':
      '已经写下的还在本页，请不要关闭。请先导出本机内容，再清理磁盘，或到“本机与离线”把不急用的案件从本机移除；腾出空间后会自动存好。',
    en: 'What you wrote is still in this page: do not close it. Export what is here first, then free some disk space, or stop keeping cases on the page “This device and offline work”. It is stored by itself as soon as there is room.',
  },
  'problem.store.blocked': { 'zh-CN': '本机存储被另一个页面占着', en: 'Another page is holding this device’s storage' },
  'problem.store.blockedNext': {
    'zh-CN': '请关闭本系统的其他标签页和窗口，之后会自动继续。在此之前写下的还没有存好，请不要关闭本页。',
    en: 'Close the other tabs and windows of this program; it goes on by itself. What you write until then is not stored yet: do not close this page.',
  },
  'problem.store.blockedStart': {
    'zh-CN': '请关闭本系统的其他标签页和窗口，之后会自动继续。没有删除任何内容。',
    en: 'Close the other tabs and windows of this program; it goes on by itself. Nothing has been deleted.',
  },
  'problem.store.gone': { 'zh-CN': '浏览器收走了本机存储', en: 'The browser took this device’s storage away' },
  'problem.store.goneNext': {
    'zh-CN':
      '本页打开着的内容还在，请不要关闭，并先导出一份。系统会不断尝试重新存好；一直不行时，请检查浏览器的网站数据设置。',
    en: 'What is open in this page is still here: do not close it, and export a copy first. It is stored again as soon as the browser allows; if that does not happen, check the browser’s settings for site data.',
  },
  'problem.store.unknown': { 'zh-CN': '这台设备存不下新内容', en: 'This device cannot store new work' },
  'problem.store.unknownNext': {
    'zh-CN':
      '浏览器不让写入（存储被禁用，或是无痕窗口）。请先导出本机内容，再换一个普通窗口，然后重新载入。在此之前请不要继续写。',
    en: 'The browser refuses to write: storage is switched off, or this is a private window. Export what is here first, then use an ordinary window and reload. Please do not write on until then.',
  },
  'problem.signIn': { 'zh-CN': '登录已失效', en: 'Your sign-in has ended' },
  'problem.signInNext': {
    'zh-CN': '可以继续写，内容存在本机。重新登录后自动同步。',
    en: 'You can keep writing; it is stored on this device. It syncs once you sign in again.',
  },
  'problem.signInAgain': { 'zh-CN': '重新登录', en: 'Sign in again' },
  'problem.noAccess': { 'zh-CN': '你已不在这份文档的可见范围内', en: 'You no longer have access to this document' },
  'problem.noAccessNext': {
    'zh-CN': '本机的内容还在。可以导出，或请本案主持人恢复你的参与。',
    en: 'What is on this device is still here. Export it, or ask the host of the case to bring you back in.',
  },
  'problem.editRefused': { 'zh-CN': '你最近的改动没有并入', en: 'Your latest changes were not merged' },
  'problem.editTooLate': { 'zh-CN': '你的改动到得晚了一点', en: 'Your changes arrived a little late' },
  'problem.editsHeldNext': {
    'zh-CN':
      '写的内容没有丢：已交给主持人，处理结果会在这份文档里告诉你，也可以导出一份自己留存。取一份最新内容后即可继续。',
    en: 'They are not lost: they are with the host, and this document will tell you what became of them. You can also export your own copy. Take a fresh copy to go on.',
  },
  'problem.editsHeldGoneNext': {
    'zh-CN': '写的内容没有丢：已交给主持人，也可以导出一份自己留存。',
    en: 'They are not lost: they are with the host, and you can export your own copy.',
  },
  'problem.editsTurnedAwayNext': {
    'zh-CN': '写的内容没有丢，还在这台设备上，但服务器收不下（太大，或已收了太多）。请导出一份，交给主持人。',
    en: 'They are not lost; they are on this device, but more than the server takes. Export a copy and give it to the host.',
  },
  'problem.seeHeld': { 'zh-CN': '看处理结果', en: 'See what becomes of them' },
  'problem.editsKeptNext': {
    'zh-CN': '写的内容没有丢，还在这台设备上，正在交给主持人。可以先导出一份，再取最新内容继续。',
    en: 'They are not lost; they are on this device and on their way to the host. You can export a copy, then take a fresh copy of the document to go on.',
  },
  'problem.reason.may-not-write': {
    'zh-CN': '你写的时候，你在本案的角色已经变了，现在不能改这部分内容。',
    en: 'Your role in this case had changed while you were writing, and now it may not change this.',
  },
  'problem.reason.frozen': {
    'zh-CN': '你写的时候，文档已经定稿。',
    en: 'The document had been frozen while you were writing.',
  },
  'problem.reason.no-access': {
    'zh-CN': '你写的时候，你已不在这份文档的可见范围内。',
    en: 'You had lost access to this document while you were writing.',
  },
  'problem.reason.too-big': {
    'zh-CN': '一次的改动太大，超过了服务器能收的大小。',
    en: 'It was more at once than the server takes.',
  },
  'problem.reason.client-id-of-another': {
    'zh-CN': '这台设备的副本与另一人的记录混在一起，服务器为保护双方没有并入。这不是你的错。',
    en: 'This device’s copy was mixed up with another person’s, so nothing was merged, to protect you both. It is nothing you did.',
  },
  'problem.reason.unknown-root': {
    'zh-CN': '改动里有服务器不认识的内容，可能是程序版本不同。',
    en: 'The changes hold something the server does not know, perhaps from another version of the program.',
  },
  'problem.reason.key-of-another': {
    'zh-CN': '改动涉及以他人名义登记的事项。',
    en: 'The changes touch what somebody else has recorded in their own name.',
  },
  'problem.reason.value-not-allowed': {
    'zh-CN': '改动里有不合规定的值。',
    en: 'The changes hold a value that is not allowed.',
  },
  'problem.reason.unknown': { 'zh-CN': '服务器没有说明原因。', en: 'The server gave no reason.' },
  'problem.unknownRoom': { 'zh-CN': '服务器上还没有这份文档', en: 'The server does not know this document yet' },
  'problem.unknownRoomNext': {
    'zh-CN': '内容在本机，没有丢。如果新建文档的请求被拒绝，请看页面上方的说明；也可以先导出。',
    en: 'What you wrote is on this device. If creating the document was refused, see the note at the top of the page; you can also export it.',
  },
  'problem.otherPerson': {
    'zh-CN': '这个浏览器现在登录的是另一个人',
    en: 'Somebody else is signed in to this browser now',
  },
  'problem.otherPersonNext': {
    'zh-CN': '为保护双方，本页不再收发任何内容，也不删除任何内容。请由本人重新登录。',
    en: 'To protect both of you this page sends nothing and deletes nothing. Sign in again as yourself to go on.',
  },
  'problem.otherGeneration': { 'zh-CN': '服务器从备份恢复过', en: 'The server was restored from a backup' },
  'problem.otherGenerationNext': {
    'zh-CN': '本机内容会重新交给服务器核对。请重新载入页面。',
    en: 'This device hands its work in again. Please reload the page.',
  },
  'problem.tooBig': { 'zh-CN': '这次改动太大，服务器收不下', en: 'This change is too big for the server' },
  'problem.tooBigNext': {
    'zh-CN': '内容在本机，没有丢。请先导出，再把大段内容分几次粘贴。',
    en: 'It is on this device and not lost. Export it, then paste large pieces in several steps.',
  },
  'problem.updateClient': { 'zh-CN': '程序有新版本', en: 'There is a newer version of this program' },
  'problem.updateClientNext': {
    'zh-CN': '重新载入即可更新。本机内容不受影响。',
    en: 'Reload to update. Work on this device is kept.',
  },
  'problem.malformed': { 'zh-CN': '与服务器的通信出错', en: 'This page and the server do not understand each other' },
  'problem.malformedNext': {
    'zh-CN': '内容在本机，没有丢。请重新载入；反复出现时请告诉管理员。',
    en: 'Your work is on this device. Reload; if it keeps happening, tell your administrator.',
  },
  'problem.busy': { 'zh-CN': '服务器暂时不能接收', en: 'The server cannot take work right now' },
  'problem.busyNext': {
    'zh-CN': '可以继续写，内容存在本机，稍后自动再试。',
    en: 'Keep writing; it is stored on this device and is tried again by itself.',
  },
  'problem.loadFailed': {
    'zh-CN': '读不出这份文档的本机副本',
    en: 'This device’s copy of the document cannot be read',
  },
  'problem.loadFailedNext': {
    'zh-CN': '没有删除任何内容。请先导出还能读出的部分，再重新载入；仍读不出时，可以取服务器上的最新内容继续。',
    en: 'Nothing has been deleted. Export what can still be read, then reload. If that does not help, go on with what the server has.',
  },
  'problem.deviceStoreFailed': { 'zh-CN': '打不开这台设备的存储', en: 'This device’s storage cannot be opened' },
  'problem.deviceStoreFailedNext': {
    'zh-CN': '可能在无痕窗口、被另一个页面占用，或空间不足。请关闭本系统的其他页面后重新载入。没有删除任何内容。',
    en: 'It may be a private window, another page holding it, or no space. Close other pages of this program and reload. Nothing has been deleted.',
  },
  'problem.technical': { 'zh-CN': '技术说明：{{message}}', en: 'Technical note: {{message}}' },
  'problem.export': { 'zh-CN': '导出本机内容', en: 'Export this device’s copy' },
  'problem.exportName': { 'zh-CN': '本机副本', en: 'device-copy' },
  'problem.startFresh': { 'zh-CN': '取最新内容继续', en: 'Take a fresh copy' },
  'problem.startFreshTitle': { 'zh-CN': '取一份最新内容？', en: 'Take a fresh copy?' },
  'problem.startFreshKept': {
    'zh-CN': '没有被收下的改动已经交给主持人，本页换成服务器上的最新内容。',
    en: 'The changes that were not taken are with the host. This page changes to what the server has.',
  },
  'problem.startFreshNotKept': {
    'zh-CN': '没有被收下的改动还没有交出。请确认已经导出，再换成服务器上的最新内容。',
    en: 'The changes that were not taken have not been handed in. Make sure that you exported them, then change to what the server has.',
  },
  'problem.startFreshFailed': {
    'zh-CN': '没有换成，本机副本还在。请先导出，再重新载入试一次。',
    en: 'That did not work: this device’s copy is still here. Export it, then reload and try again.',
  },
  'problem.startFreshUnread': {
    'zh-CN': '本机副本先存成一个文件，本页再换成服务器上的最新内容。还没有同步的改动只在这个文件里，请交给管理员。',
    en: 'This device’s copy is saved to a file first, then this page changes to what the server has. Changes that were never synced are only in that file: give it to your administrator.',
  },
  'problem.heldChanges': {
    'zh-CN': '输入中，{{count}} 处他人改动稍后显示',
    en: {
      one: 'You are typing; {{count}} change by others waits',
      other: 'You are typing; {{count}} changes by others wait',
    },
  },
  'refusal.title': { 'zh-CN': '没有办成：{{what}}', en: 'Not done: {{what}}' },
  'refusal.not-allowed': { 'zh-CN': '你在本案的角色不能做这件事。', en: 'Your role in this case may not do this.' },
  'refusal.unknown-case': { 'zh-CN': '服务器上没有这个案件。', en: 'The server does not know this case.' },
  'refusal.unknown-document': { 'zh-CN': '服务器上没有这份文档。', en: 'The server does not know this document.' },
  'refusal.unknown-person': { 'zh-CN': '没有这个人的账户。', en: 'This person has no account.' },
  'refusal.unknown-held': { 'zh-CN': '服务器上没有这处改动。', en: 'The server does not know this change.' },
  'refusal.not-in-agency': { 'zh-CN': '这个人不属于所选单位。', en: 'This person does not belong to that agency.' },
  'refusal.already-exists': { 'zh-CN': '已经有了。', en: 'It already exists.' },
  'refusal.already-member': { 'zh-CN': '这个人已经在本案中。', en: 'This person is already on the case.' },
  'refusal.not-member': {
    'zh-CN': '这个人（或你自己）已不在本案中。',
    en: 'This person, or you, is no longer on the case.',
  },
  'refusal.last-host': { 'zh-CN': '案件至少要有一位主持人。', en: 'A case needs at least one host.' },
  'refusal.already-numbered': { 'zh-CN': '已经编过号。', en: 'It already has a number.' },
  'refusal.already-settled': {
    'zh-CN': '别人已先处理。请看一下文档，避免同样的话写了两遍。',
    en: 'Somebody settled it before you. Look at the document, so that the same words do not stand there twice.',
  },
  'refusal.no-number-series': {
    'zh-CN': '牵头单位还没有编号代字，请管理员先设定。',
    en: 'The lead agency has no mark for numbers; ask an administrator to set one.',
  },
  'refusal.wrong-state': {
    'zh-CN': '文档现在的状态不允许这样做。',
    en: 'The state of the document does not allow this.',
  },
  'refusal.stale': {
    'zh-CN': '别人刚改过，请看过最新情况再试。',
    en: 'Somebody changed it just now. Look again, then try once more.',
  },
  'refusal.id-taken': { 'zh-CN': '编号冲突，请重新新建。', en: 'The identifier is taken; please create it again.' },
  'refusal.unknown': {
    'zh-CN': '服务器没有办，原因本机不认识。请更新程序后再试。',
    en: 'The server refused, for a reason this version does not know. Update the program and try again.',
  },
  'refusal.dismiss': { 'zh-CN': '知道了', en: 'Got it' },
  'refusal.keptHere': { 'zh-CN': '内容留在这台设备上，没有共享。', en: 'It stays on this device and is not shared.' },
  'command.createCase': { 'zh-CN': '新建案件《{{title}}》', en: 'create the case “{{title}}”' },
  'command.registerDocument': { 'zh-CN': '新建文档《{{title}}》', en: 'create the document “{{title}}”' },
  'command.inviteMember': { 'zh-CN': '邀请成员', en: 'invite a member' },
  'command.changeRole': { 'zh-CN': '更改角色', en: 'change a role' },
  'command.removeMember': { 'zh-CN': '移出成员', en: 'remove a member' },
  'command.freezeDocument': { 'zh-CN': '定稿', en: 'freeze the document' },
  'command.unfreezeDocument': { 'zh-CN': '恢复编辑', en: 'reopen the document' },
  'command.giveNumber': { 'zh-CN': '编号', en: 'give a number' },
  'command.settleHeld': { 'zh-CN': '处理未并入的改动', en: 'settle a held change' },
} as const satisfies WordArea;
