/** First letters of names and agencies, as people type them without switching the input method on. */
import { expect, it } from 'vitest';
import { pinyinInitials } from '../../../client/fields/pinyin-initials.ts';

it.each([
  ['何志远', 'hzy'],
  ['林晓舟', 'lxz'],
  ['孟祥宁', 'mxn'],
  ['许知夏', 'xzx'],
  ['秦一鸣', 'qym'],
  ['鲁婧', 'lj'],
  ['唐可', 'tk'],
  ['周敏', 'zm'],
  ['沈知行', 'szx'],
  ['欧阳安', 'oya'],
  ['县人社局', 'xrsj'],
  ['县住建局', 'xzjj'],
  ['县总工会', 'xzgh'],
  ['县法律援助中心', 'xflyzzx'],
  ['云川县信访局', 'ycxxfj'],
  ['12345 热线（A 组）', '12345rxaz'],
  ['赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨', 'zqslzwzwfccwjshy'],
  ['朱秦尤许何吕施张孔曹严华金魏陶姜', 'zqyxhlszkcyhjwtj'],
  ['戚谢邹喻柏水窦章云苏潘葛奚范彭郎', 'qxzybsdzyspgxfpl'],
  ['鲁韦昌马苗凤花方俞任袁柳酆鲍史唐', 'lwcmmfhfyrylfbst'],
  ['Owen Fry', 'owenfry'],
  ['', ''],
])('%s is %s', (words, initials) => {
  expect(pinyinInitials(words)).toBe(initials);
});
