/**
 * Where the engine puts what is new. What a relay makes lives until it is durable: long enough that V8 takes it for what is kept, and
 * from then on makes such things where only a collection of everything finds them again, thousands a second, with all that they
 * hold. Told not to, it finds them with the next short collection.
 */
import { setFlagsFromString } from 'node:v8';

/** For this process and all its threads; call it before anything else is done. */
export function keepNewObjectsApart(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
