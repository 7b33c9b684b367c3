/**
 * A document that hardly anybody listens to. Yjs makes a map and a list for each of the nine events of every transaction before
 * it looks whether anybody wants it; a relay applies an update a keystroke and wants none of them.
 */
import * as Y from 'yjs';
import { TouchedClients } from './touched-clients.ts';

export class QuietDoc extends Y.Doc {
  readonly touched = new TouchedClients();

  constructor() {
    super();
    this.store.clients = this.touched;
  }

  /** Nothing that was applied waits for something that is not here. */
  get isWhole(): boolean {
    return this.store.pendingStructs === null && this.store.pendingDs === null;
  }

  override emit(...[name, args]: Parameters<Y.Doc['emit']>): void {
    if (this._observers.has(name)) super.emit(name, args);
  }
}
