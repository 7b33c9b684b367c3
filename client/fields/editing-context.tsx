/** What every field and row of an open document needs, handed down once: the editing, the rights, names, who is where. */
import { createContext, useContext } from 'react';
import type { RoomReplica } from '../replica/contract.ts';
import type { Editing } from './editing.ts';
import type { Names } from './names.ts';
import type { CellPlace } from './presence.ts';

export interface EditingContextValue {
  readonly editing: Editing;
  readonly body: RoomReplica;
  /** Whether fields, rows and prose may be changed here and now. */
  readonly mayWrite: boolean;
  readonly names: Names;
  /** `YYYY-MM-DD` where the person is. */
  readonly today: string;
  /** Tells the others in which cell one is; null on leaving. */
  enterCell(place: CellPlace | null): void;
  /** Undo and redo, with a word when it was refused. */
  undo(): void;
  redo(): void;
}

const EditingContext = createContext<EditingContextValue | null>(null);
export const EditingProvider = EditingContext.Provider;

/** Throws outside a document: a bug of the composition. */
export function useEditing(): EditingContextValue {
  const value = useContext(EditingContext);
  if (value === null) throw new Error('no document is open here');
  return value;
}
