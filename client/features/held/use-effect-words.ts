/** A held change in words, read anew whenever the document it is held against says something else. */
import { useEffect, useMemo, useState } from 'react';
import { type HeldSummary, heldReason } from '../../../shared/held.ts';
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

/** The update of a held change once it was asked for. */
export function useHeldUpdate(
  session: PersonSession,
  { documentId, heldId, isAsked }: { documentId: string; heldId: string; isAsked: boolean },
  onFailed: () => void,
): string | null {
  const [update, setUpdate] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once when asked for, whoever is told of a failure
  useEffect(() => {
    if (!isAsked) return;
    let isShown = true;
    void session.held.read(documentId, heldId).then((answer) => {
      if (!isShown) return;
      if (answer.kind === 'ok') setUpdate(answer.value.update);
      else onFailed();
    });
    return () => {
      isShown = false;
    };
  }, [session, documentId, heldId, isAsked]);
  return update;
}

/** Null while the update or the document is on its way. */
export function useEffectWords(
  update: string | null,
  { room, reason }: Pick<HeldSummary, 'room' | 'reason'>,
  { place, kind, names }: ReadingContext,
): EffectWords | 'unreadable' | null {
  const say = useWords();
  const language = useLanguage();
  const opened = place === 'none' || place?.hasHeldChanges ? null : place;
  const isWaiting = place === null || update === null;
  const rooms = opened?.replica.rooms;
  const version = opened?.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the documents change in place; the version says when
  return useMemo(() => {
    if (isWaiting || update === null) return null;
    const doc = rooms === undefined || room === 'unknown' ? null : rooms[room].doc;
    const effect = heldEffect(update, doc, heldReason(reason) !== 'client-id-of-another');
    if (effect === null) return 'unreadable';
    const body = rooms?.body.doc ?? null;
    return effectWords(effect, { say, language, names, spec: specOfKind(kind), body });
  }, [update, isWaiting, rooms, version, room, reason, kind, names, say, language]);
}
