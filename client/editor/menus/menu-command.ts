/** What choosing an item of a menu does with the stretch that was typed to find it. */
import { type Command, EditorState, Selection } from '@tiptap/pm/state';
import { insertDivider, setKind } from '../commands/block-kinds.ts';
import { insertMention } from '../commands/insert-mention.ts';
import type { MenuItem } from './menu-items.ts';
import type { Trigger } from './trigger.ts';

export function menuCommand({ act }: MenuItem, trigger: Trigger): Command {
  if (act.kind === 'mention') return insertMention(trigger, act.mention);
  if (act.kind === 'typeMention') {
    return (state, dispatch) => {
      dispatch?.(state.tr.insertText('@', trigger.from, trigger.to).scrollIntoView());
      return true;
    };
  }
  // What comes then is the feature's; here the typed letters go.
  if (act.kind === 'sentence') return withoutTyped(trigger, takeAsItIs);
  return withoutTyped(trigger, act.block === 'divider' ? insertDivider : setKind(act.block));
}

const takeAsItIs: Command = (state, dispatch) => {
  dispatch?.(state.tr);
  return true;
};

/** Takes away what was typed and then runs a command, in one transaction. */
function withoutTyped({ from, to }: Trigger, command: Command): Command {
  return (state, dispatch) => {
    const tr = state.tr.delete(from, to);
    const after = EditorState.create({ doc: tr.doc, selection: tr.selection });
    return command(
      after,
      dispatch &&
        ((next) => {
          for (const step of next.steps) tr.step(step);
          dispatch(tr.setSelection(Selection.fromJSON(tr.doc, next.selection.toJSON())).scrollIntoView());
        }),
    );
  };
}
