/**
 * The four origins of a Yjs transaction, so that a listener can ignore exactly its own: the prose editor's binding, the
 * document models (fields, rows, events), the local store (loading, other tabs of the same person), the connection.
 */
export const ORIGIN = Object.freeze({
  /** Typed or commanded in the prose editor here. */
  editor: Symbol('editor'),
  /** Fields, rows and events written here. */
  model: Symbol('model'),
  /** Read from this device's store, or written by another tab of the same person. */
  store: Symbol('store'),
  /** Received from the relay. */
  connection: Symbol('connection'),
});
