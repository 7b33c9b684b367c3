/** Signing in, and setting up the first administrator of a new server. */
import type { WordArea } from './word.ts';

export const signInWords = {
  'signIn.title': { 'zh-CN': '登录', en: 'Sign in' },
  'signIn.name': { 'zh-CN': '姓名', en: 'Name' },
  'signIn.password': { 'zh-CN': '密码', en: 'Password' },
  'signIn.submit': { 'zh-CN': '登录', en: 'Sign in' },
  'signIn.wrong': {
    'zh-CN': '姓名或密码不对。请检查后再试。',
    en: 'Name and password do not match. Check them and try again.',
  },
  'signIn.offline': {
    'zh-CN': '连不上服务器。第一次登录需要网络；请检查网络后再试。',
    en: 'The server cannot be reached. Signing in needs the network; check it and try again.',
  },
  'signIn.tooFast': { 'zh-CN': '试得太频繁。请等一分钟再试。', en: 'Too many tries. Wait a minute and try again.' },
  'signIn.forgotten': {
    'zh-CN': '忘记密码请找本单位的管理员。',
    en: 'Forgot it? Ask the administrator of your server.',
  },
  'signIn.insecure': {
    'zh-CN': '这个网址没有加密（http）。可以联网使用，但浏览器不支持离线工作；请管理员开通 https。',
    en: 'This address is not encrypted (http). You can work online, but the browser does not allow offline work here; ask your administrator for https.',
  },
  'setup.title': { 'zh-CN': '设置第一位管理员', en: 'Set up the first administrator' },
  'setup.explanation': {
    'zh-CN': '这台服务器还没有账户。这里建立的账户可以再添加单位和人员。',
    en: 'This server has no accounts yet. The account made here can add agencies and people.',
  },
  'setup.agencyName': { 'zh-CN': '单位名称', en: 'Agency' },
  'setup.agencyMark': { 'zh-CN': '编号代字', en: 'Mark for numbers' },
  'setup.agencyMarkExplanation': {
    'zh-CN': '用在官方编号里，如“云城”：〔2026〕云城调字第1号',
    en: 'Stands for the agency in official numbers, such as YC',
  },
  'setup.passwordRule': { 'zh-CN': '至少 10 个字符', en: 'At least 10 characters' },
  'setup.submit': { 'zh-CN': '建立并登录', en: 'Create and sign in' },
  'setup.wrong': {
    'zh-CN': '链接已用过或已失效。请在服务器上重新启动，取得新的链接。',
    en: 'The link has been used or is no longer valid. Restart the server to get a new one.',
  },
} as const satisfies WordArea;
