/**
 * The content of an open room: one Y.Doc, who owns which clientID in it, and how large it is. It is kept as the stored bytes
 * until somebody writes or lacks only a part: a room that is opened costs no document. The document is never asked
 * for a typed root (getText, getMap…): a typed root makes Yjs tidy formatting by itself and write.
 */
import * as Y from 'yjs';
import type { Capability } from '../../shared/permissions.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import type { ObservableRule } from '../gate/content-rules.ts';
import { type Continuation, readContinuation } from '../gate/continuation.ts';
import { judgeUpdate, type Verdict } from '../gate/judge.ts';
import type { RecoveryKnowledge } from '../gate/recovery.ts';
import { goOn, type WordEnd, WordEnds } from '../gate/word-ends.ts';
import type { WorkMeter } from '../gate/work.ts';
import type { RoomSession, StoredRoom, WholeState } from './effects.ts';
import { keptBytes } from './message-memory.ts';
import { QuietDoc } from './quiet-doc.ts';
import { UnappliedWords } from './unapplied-words.ts';

/** Who wants to change something, with the rights they were admitted with. */
type Writer = Pick<RoomSession, 'personId' | 'documentState'> & { readonly capability: Capability };

/** What the gate says to an update that it lets through. */
type Accepted = Extract<Verdict, { type: 'accepted' }>;

const TYPED_ON: Accepted = { type: 'accepted', clientIds: [], newClientIds: [], isItsOwnEffect: true, against: [] };
const EMPTY: WholeState = { state: Uint8Array.of(0, 0), stateVector: Uint8Array.of(0) };

export class LiveDocument {
  /** Null before it is loaded. */
  #content: WholeState | QuietDoc | null = null;
  readonly #room: RoomKind;
  readonly #observedRules: ReadonlySet<ObservableRule>;
  readonly #owners = new Map<number, string>();
  /** What was judged last and let through: it is applied next. */
  #judged: Uint8Array | null = null;
  #accepted: Accepted | null = null;
  /** Its words, where they go on from where their author's end and need not be applied at once. */
  #continuation: Continuation | null = null;
  #end: WordEnd | null = null;
  readonly #ends = new WordEnds((client) => this.#owners.get(client));
  readonly #unapplied = new UnappliedWords();
  /** Everything as one update, kept until something changes: many who have nothing are answered with the same bytes. */
  #whole: Uint8Array | null = null;
  #wasAsked = true;
  #mayHaveNewKeys = true;
  /** Estimate of the stored size: exact after a snapshot, else an upper bound. */
  #bytes = 0;

  /** @param observedRules what is against these is taken, and said in the verdict */
  constructor(room: RoomKind, observedRules: ReadonlySet<ObservableRule> = new Set()) {
    this.#room = room;
    this.#observedRules = observedRules;
  }

  /** At most so many bytes are stored of it: what was deleted since it was last measured still counts. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether so many bytes more stay within a limit. */
  hasRoomFor(bytes: number, limit: number): boolean {
    // The running size counts what has been deleted since; before anybody is refused it is measured.
    const isWithin = (held: number) => held + bytes <= limit;
    return isWithin(this.#bytes) || isWithin(this.encode().length);
  }

  /** Fills the document from the store; false when what is stored does not stand alone. */
  load(stored: StoredRoom): boolean {
    const [state, ...rest] = stored.updates;
    if (state === undefined) this.#content = EMPTY;
    else if (stored.stateVector && rest.length === 0) this.#content = { state, stateVector: stored.stateVector };
    else this.#content = this.#docOf(stored.updates);
    for (const [clientId, personId] of stored.ownersByClient) this.#owners.set(clientId, personId);
    this.#bytes = stored.updates.reduce((sum, update) => sum + update.length, 0);
    return !(this.#content instanceof Y.Doc) || this.#content.isWhole;
  }

  get isAsleep(): boolean {
    return !(this.#content instanceof Y.Doc);
  }

  /** Whether anything was asked of it since this was asked last. */
  wasAsked(): boolean {
    const wasAsked = this.#wasAsked;
    this.#wasAsked = false;
    return wasAsked;
  }

  /** What the gate says to an update of this session, within the work it may cost. Changes nothing. */
  judge(update: Uint8Array, session: Writer, work?: WorkMeter, recovery?: RecoveryKnowledge): Verdict {
    this.#forgetJudged();
    if (this.#isTypedOn(update, session, recovery)) return this.#letThrough(update, TYPED_ON);
    const verdict = judgeUpdate({
      update,
      doc: this.#doc,
      room: this.#room,
      personId: session.personId,
      capability: session.capability,
      isFrozen: session.documentState === 'frozen',
      ownerOf: (clientId) => this.#owners.get(clientId),
      observedRules: this.#observedRules,
      ...(work === undefined ? {} : { work }),
      ...(recovery === undefined ? {} : { recovery }),
    });
    return verdict.type === 'accepted' ? this.#letThrough(update, verdict) : verdict;
  }

  #letThrough(update: Uint8Array, accepted: Accepted): Accepted {
    this.#judged = update;
    this.#accepted = accepted;
    return accepted;
  }

  #forgetJudged(): void {
    this.#judged = null;
    this.#accepted = null;
    this.#continuation = null;
    this.#end = null;
  }

  /**
   * What nearly all updates are, and what the gate would say of it is known beforehand: words of somebody who may write, under a
   * clientID that is theirs, in which nobody else has come to stand between.
   */
  #isTypedOn(update: Uint8Array, { personId, capability }: Writer, recovery: RecoveryKnowledge | undefined): boolean {
    if (this.#room !== 'body' || capability !== 'write') return false;
    const words = readContinuation(update);
    const end = words === null ? null : this.#ends.endFor(words, personId);
    if (words === null || end === null) return false;
    if ((recovery?.provenOwner(words.client) ?? personId) !== personId) return false;
    this.#continuation = words;
    this.#end = end;
    return true;
  }

  /**
   * Applies an accepted update.
   * @returns its effect as an update of its own, empty when it has none; null when Yjs could not apply it whole: the document
   * is spoilt then
   */
  apply(update: Uint8Array): Uint8Array | null {
    const isJudged = this.#judged === update;
    const accepted = isJudged ? this.#accepted : null;
    const continuation = isJudged ? this.#continuation : null;
    const end = isJudged ? this.#end : null;
    this.#forgetJudged();
    this.#whole = null;
    const isTypedOn = continuation !== null && end !== null;
    const effective = isTypedOn ? this.#typeOn(update, continuation, end) : this.#applied(update, accepted);
    this.#bytes += effective?.length ?? 0;
    return effective;
  }

  #typeOn(update: Uint8Array, words: Continuation, end: WordEnd): Uint8Array {
    this.#wasAsked = true;
    const own = keptBytes(update);
    goOn(end, words);
    this.#unapplied.add(own, words);
    if (this.#unapplied.isFull) this.#applyAll();
    return own;
  }

  /** Everything that was let through is in the document then. Throws when Yjs could not apply it whole: it is spoilt then. */
  #applyAll(): void {
    if (!this.#unapplied.isEmpty && this.#content instanceof Y.Doc) this.#unapplied.applyTo(this.#content);
  }

  #applied(update: Uint8Array, accepted: Accepted | null): Uint8Array | null {
    const doc = this.#doc;
    const act = () => Y.applyUpdate(doc, update);
    let effective: Uint8Array;
    try {
      if (accepted === null) {
        effective = effectIn(doc, act);
        this.#ends.forget();
      } else {
        const heldBefore = new Map(accepted.clientIds.map((client) => [client, Y.getState(doc.store, client)]));
        const showing = () => doc.touched.showing(heldBefore, act);
        if (accepted.isItsOwnEffect) showing();
        effective = accepted.isItsOwnEffect ? keptBytes(update) : effectIn(doc, showing);
        this.#ends.changed(doc, heldBefore);
      }
    } catch {
      // The gate let through what Yjs cannot apply; the caller ends this life of the room.
      return null;
    }
    const isOnlyWords = accepted?.isItsOwnEffect && accepted.clientIds.length > 0;
    this.#mayHaveNewKeys ||= !isOnlyWords;
    return doc.isWhole ? effective : null;
  }

  /** Whether anything but new words has come since this was last asked, or nobody has asked yet. */
  takeNewsOfKeys(): boolean {
    const mayHaveNewKeys = this.#mayHaveNewKeys;
    this.#mayHaveNewKeys = false;
    return mayHaveNewKeys;
  }

  /** Whether somebody else has written with this clientID. */
  isForeign(clientId: number, personId: string): boolean {
    const owner = this.#owners.get(clientId);
    return owner !== undefined && owner !== personId;
  }

  /** Owner of every clientID that has written, durable or not. */
  get owners(): ReadonlyMap<number, string> {
    return this.#owners;
  }

  own(clientIds: readonly number[], personId: string): void {
    for (const clientId of clientIds) this.#owners.set(clientId, personId);
  }

  /** Whether this person has ever written here. */
  hasWritten(personId: string): boolean {
    for (const owner of this.#owners.values()) if (owner === personId) return true;
    return false;
  }

  stateVector(): Uint8Array {
    const content = this.#loaded;
    return content instanceof Y.Doc ? Y.encodeStateVector(content) : content.stateVector;
  }

  /** What somebody with this state vector lacks; null when the state vector cannot be read. */
  diff(stateVector: Uint8Array): Uint8Array | null {
    const lacksAll = stateVector.length === 1 && stateVector[0] === 0;
    if (lacksAll) {
      this.#whole ??= this.encode();
      return this.#whole;
    }
    const doc = this.#doc;
    try {
      return Y.encodeStateAsUpdate(doc, stateVector);
    } catch {
      // The state vector is the only input that can be wrong here.
      return null;
    }
  }

  whole(): WholeState {
    return { state: this.encode(), stateVector: this.stateVector() };
  }

  /** Everything as one update. */
  encode(): Uint8Array {
    const content = this.#loaded;
    const state = content instanceof Y.Doc ? Y.encodeStateAsUpdate(content) : content.state;
    this.#bytes = state.length;
    return state;
  }

  /** The entries of a root map as they are now, durable or not; read without giving the root a type. */
  entriesOf(root: string): Map<string, unknown> {
    const items = this.#doc.share.get(root)?._map ?? new Map<string, Y.Item>();
    return new Map(
      [...items].flatMap(([key, item]) => (item.deleted ? [] : [[key, item.content.getContent()[item.length - 1]]])),
    );
  }

  destroy(): void {
    if (this.#content instanceof Y.Doc) this.#content.destroy();
  }

  /** Throws before that: nothing is to be told of a room that is not known. */
  get #loaded(): WholeState | QuietDoc {
    this.#wasAsked = true;
    if (this.#content === null) throw new Error('a document that is not loaded');
    this.#applyAll();
    return this.#content;
  }

  /** The document; makes it. Throws when the bytes are not what their state vector says: such a room is not served on. */
  get #doc(): QuietDoc {
    const content = this.#loaded;
    if (content instanceof Y.Doc) return content;
    const { state, stateVector } = content;
    const doc = this.#docOf([state]);
    if (Buffer.compare(Y.encodeStateVector(doc), stateVector) !== 0)
      throw new Error('a state without its state vector');
    this.#content = doc;
    return doc;
  }

  #docOf(updates: readonly Uint8Array[]): QuietDoc {
    const doc = new QuietDoc();
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    return doc;
  }
}

/** What something done to a document changes in it, as an update of its own; empty when it changes nothing. */
function effectIn(doc: Y.Doc, act: () => void): Uint8Array {
  let effective: Uint8Array = new Uint8Array();
  const keep = (bytes: Uint8Array) => {
    effective = bytes;
  };
  doc.on('update', keep);
  try {
    act();
  } finally {
    doc.off('update', keep);
  }
  return effective;
}
