/** A held change in words, read anew whenever the document it is held against says something else. */
import { useEffect, useMemo, useState } from 'react';
import { type Held, heldReason } from '../../../shared/held.ts';
import { specOfKind } from '../../../shared/kinds/all-kinds.ts';
import type { SaidKind } from '../../../shared/vocabulary.ts';
import type { Names } from '../../fields/names.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { type EffectWords, effectWords } from './effect-words.ts';
import { heldEffect } from './held-effect.ts';
import type { Place } from './with-place.tsx';

/** What a held change is read with: the document (null: being opened, `none`: not for this person to open), and names. */
export interface ReadingContext {
  readonly place: Place | null | 'none';
  readonly kind: SaidKind;
  readonly names: Names;
}

/** A held change with what is in it, once that was asked for. */
export function useHeld(
  session: PersonSession,
  { documentId, heldId, isAsked }: { documentId: string; heldId: string; isAsked: boolean },
  onFailed: () => void,
): Held | null {
  const [held, setHeld] = useState<Held | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once when asked for, whoever is told of a failure
  useEffect(() => {
    if (!isAsked) return;
    let isShown = true;
    void session.held.read(documentId, heldId).then((answer) => {
      if (!isShown) return;
      if (answer.kind === 'ok') setHeld(answer.value);
      else onFailed();
    });
    return () => {
      isShown = false;
    };
  }, [session, documentId, heldId, isAsked]);
  return held;
}

/** Null while the update or the document is on its way. */
export function useEffectWords(
  held: Held | null,
  { place, kind, names }: ReadingContext,
): EffectWords | 'unreadable' | null {
  const say = useWords();
  const language = useLanguage();
  const opened = place === 'none' || place?.hasHeldChanges ? null : place;
  const isWaiting = place === null;
  const rooms = opened?.replica.rooms;
  const version = opened?.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the documents change in place; the version says when
  return useMemo(() => {
    if (isWaiting || held === null) return null;
    const { room, reason, update } = held;
    const doc = rooms === undefined || room === 'unknown' ? null : rooms[room].doc;
    const effect = heldEffect(update, doc, heldReason(reason) !== 'client-id-of-another');
    if (effect === null) return 'unreadable';
    const body = rooms?.body.doc ?? null;
    return effectWords(effect, { say, language, names, spec: specOfKind(kind), body });
  }, [held, isWaiting, rooms, version, kind, names, say, language]);
}
