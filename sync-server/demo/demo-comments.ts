/** The comments of a demonstration document as events of its review room, each anchored to the body as it stood then. */
import type * as Y from 'yjs';
import type { DemoComment, DemoDocument } from '../../shared/demo/demo-types.ts';
import type { Anchor, ReviewEvent } from '../../shared/events/review-events.ts';
import { makeProseAnchor } from '../../shared/prose/anchors.ts';
import { readProseWords } from '../../shared/prose/prose-words.ts';
import { proseText } from '../../shared/prose/roots.ts';
import { textRoot } from '../../shared/rooms.ts';
import { type DemoEvent, demoUlid, localToMs } from './demo-events.ts';

/** @param body before anybody revised it */
export function commentEvents({ comments = [] }: DemoDocument, body: Y.Doc): DemoEvent[] {
  const events: DemoEvent[] = [];
  const say = (at: string, by: string, value: ReviewEvent) => {
    const ulid = demoUlid(localToMs(at), events.length);
    events.push({ by, ulid, value });
    return `${by}/${ulid}`;
  };
  for (const { at, by, on, text, mentions = [], isBlocking, replies, resolved } of comments) {
    const anchor = anchorOf(body, on);
    const threadId = say(at, by, { type: 'comment', anchor, text, mentions: [...mentions], isBlocking });
    for (const reply of replies) {
      const named = [...(reply.mentions ?? [])];
      say(reply.at, reply.by, { type: 'reply', threadId, text: reply.text, mentions: named });
    }
    if (resolved !== null) say(resolved.at, resolved.by, { type: 'resolve', threadId });
  }
  return events;
}

function anchorOf(body: Y.Doc, on: DemoComment['on']): Anchor {
  if (on === 'document') return { of: 'document' };
  if ('field' in on) {
    const quote = body.getText(textRoot(on.recordId, on.field)).toString();
    return { of: 'field', recordId: on.recordId, field: on.field, quote };
  }
  const prose = proseText(body);
  const words = readProseWords(prose);
  const start = words.text.indexOf(on.words);
  const [from, last] = [words.unitAt(start), words.unitAt(start + on.words.length - 1)];
  const anchor = start < 0 || from === null || last === null ? null : makeProseAnchor(prose, from, last + 1);
  if (anchor === null) throw new Error(`demonstration: nothing to comment says ${on.words}`);
  return anchor;
}
