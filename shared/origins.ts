/**
 * The origins of a Yjs transaction, so that a listener can ignore exactly its own: the prose editor's binding, the
 * document models (fields, rows, events), the local store (loading, other tabs of the same person), the connection, a file of unsynced work.
 */
export const ORIGIN = Object.freeze({
  /** Typed or commanded in the prose editor here. */
  editor: Symbol('editor'),
  /** Fields, rows and events written here. */
  model: Symbol('model'),
  /** Read from this device's store, or written by another tab of the same person. */
  store: Symbol('store'),
  /** Brought in from a file: made by the same person, on this device or another. Counts as made here. */
  file: Symbol('file'),
  /** Received from the relay. */
  connection: Symbol('connection'),
});
