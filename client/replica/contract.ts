/**
 * What the rest of the client may know of the replica: the edge where a Y.Doc meets IndexedDB and the relay. Everything
 * is an observable value that React reads through ./hooks.ts; replicas live outside React and outlive components.
 * No implementation here.
 */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { ActivityItem, CaseDetail, CaseSummary, Directory, Me } from '../../shared/api.ts';
import type { CloseName } from '../../shared/close-codes.ts';
import type { Command, SaidRefusal } from '../../shared/commands.ts';
import type { HeldReason } from '../../shared/held.ts';
import type { DocumentState } from '../../shared/permissions.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import type { HeldEdits } from './held-reading.ts';

/** A value with a change signal: the shape `useSyncExternalStore` wants. `get` returns the same object until it changes. */
export interface Observable<T> {
  get(): T;
  subscribe(onChange: () => void): () => void;
}

/** What is true of one document or of the whole device, said in words beside the title. */
export type SaveStatus =
  | { readonly kind: 'opening' }
  /** A local write has been under way for over 400 ms. */
  | { readonly kind: 'saving' }
  /** Everything is in this device's store; the relay has not yet said that it is durable there. */
  | { readonly kind: 'savedOnDevice' }
  /** Everything in this device's store has been echoed as durable by the relay. */
  | { readonly kind: 'savedOnServer' }
  /** `waitingDocuments` counts documents with changes that the relay has not acknowledged. */
  | { readonly kind: 'offline'; readonly waitingDocuments: number }
  | { readonly kind: 'needsAttention'; readonly problem: Problem };

/**
 * Why the device store does not do its work. `quota`: no space. `blocked`: another page of this program is in the way of
 * opening it. `gone`: the browser took it away and does not let it be opened again. `unknown`: anything else, such as a
 * private window.
 */
export type StoreFailureKind = 'quota' | 'blocked' | 'gone' | 'unknown';

export interface StoreFailure {
  readonly why: StoreFailureKind;
  /** The browser's own words, for whoever looks into it. */
  readonly message: string;
}

export type Problem =
  /** The device store cannot be read or written: what is typed is not safe here. */
  | ({ readonly kind: 'storeFailed' } & StoreFailure)
  /** The connection was closed for good; see shared/close-codes.ts. */
  | { readonly kind: 'closed'; readonly close: CloseName }
  /**
   * The relay refused this replica's edits; they are kept (here or with the host) and a fresh copy is offered. Turned away:
   * the server will not take them for the host either.
   */
  | {
      readonly kind: 'editsHeld';
      readonly reason: HeldReason;
      readonly handedIn: boolean;
      readonly isTurnedAway: boolean;
    }
  | { readonly kind: 'commandRefused'; readonly reason: SaidRefusal }
  /** The browser's session belongs to somebody else: nothing is sent and nothing destroyed. */
  | { readonly kind: 'otherPerson' };

/** How far one room's replica is. The editor is mounted only when `ready`. */
export type RoomLoad =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** The local store could not be read: the reason; what can be read may be exported. Never an empty page. */
  | ({ readonly kind: 'failed' } & StoreFailure);

export interface RoomView {
  readonly load: RoomLoad;
  /** Whether the person may write here, by the relay's last word (kept on the device for offline). */
  readonly mayWrite: boolean;
  readonly documentState: DocumentState;
  readonly connected: boolean;
  /** True once the relay's content has been merged since this replica was opened. */
  readonly synced: boolean;
  /** Remote changes held back while an input method composes. */
  readonly heldChanges: number;
  /** Whether something made here has not been acknowledged by the relay. */
  readonly isUnacknowledged: boolean;
}

export interface RoomReplica {
  readonly room: RoomKind;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly view: Observable<RoomView>;
  /** Holds remote changes before the document until the returned function is called (input method composing). */
  holdRemoteChanges(): () => void;
}

export interface DocumentReplica {
  readonly documentId: string;
  readonly rooms: Readonly<Record<RoomKind, RoomReplica>>;
  readonly status: Observable<SaveStatus>;
  /** True once the local copy was thrown away, here or in another tab: `useDocument` opens the document anew. */
  readonly replaced: Observable<boolean>;
  /**
   * After held edits were handed in or exported: throws the local copy of the refused room away and loads a fresh one.
   * Rejects with the reason while there are edits that nobody else has and no export was taken.
   */
  startFresh(): Promise<void>;
  /** Everything this device holds of the document, as one file (JSON with base64 updates), readable or not. */
  exportLocal(): Promise<Blob>;
  /** Resolves when everything made so far is in the device store, or could not be put there (`status` says so). */
  settled(): Promise<void>;
  /** Ends this use; the replica closes when nobody uses it any more. */
  release(): void;
}

/** A command waiting in the outbox, or refused and kept until the person has seen it. */
export interface OutboxEntry {
  readonly command: Command;
  readonly state: 'waiting' | 'refused';
  readonly reason?: SaidRefusal;
}

export type SignInOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong' | 'offline' | 'too-fast' };

/** Cases, documents and people as this device knows them: fetched when online, kept for offline, local commands laid over. */
export interface Catalogue {
  readonly cases: Observable<readonly CaseSummary[]>;
  /** null while unknown. */
  caseDetail(caseId: string): Observable<CaseDetail | null>;
  readonly directory: Observable<Directory>;
  /** When the catalogue was last fetched (ms since 1970), null if never. */
  readonly fetchedAtMs: Observable<number | null>;
  refresh(): Promise<void>;
  /** What a document (or a case, by its record) open on this device calls itself: shown until the server says another title. */
  noteTitle(documentId: string, title: string): void;
}

/** What happened in a case, newest first. */
export interface CaseActivity {
  readonly items: readonly ActivityItem[];
  /** For older ones; null when there are none. */
  readonly before: string | null;
  /** The server said so since the page was opened; false: as it was when it was last fetched. */
  readonly isFresh: boolean;
}

/** What happened in cases: the newest of it kept on the device, the rest on asking. */
export interface ActivityFeed {
  /** null while unknown. */
  of(caseId: string): Observable<CaseActivity | null>;
  /** Asks again: something has happened. */
  refresh(caseId: string): Promise<void>;
  /** Fetches older ones; false when the server does not answer. */
  more(caseId: string): Promise<boolean>;
}

/** What this device holds of one case, beside what it should hold. */
export interface KeptCase {
  readonly caseId: string;
  /** Its documents are fetched by themselves and stay here for work without a network. */
  readonly isKept: boolean;
  /** Documents of the case that the person may open, as last heard. */
  readonly documents: number;
  /** How many of these are whole on this device; all of them: the case is complete offline. */
  readonly here: number;
  /** For how many of those here the server has something newer, as last heard. */
  readonly behind: number;
  /** When the copy that was compared longest ago was compared with the server; null while one is missing. */
  readonly syncedAtMs: number | null;
}

/** What becomes of a case's local copies when it is no longer kept. */
export interface LettingGo {
  /** Documents whose copy was removed. */
  readonly removed: number;
  /** Documents that stay until the server has what is in them, or until they are closed; then they go by themselves. */
  readonly staying: number;
}

/** How far this device is with fetching and delivering documents that nobody has open. */
export type BackgroundProgress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  /** Some did not work out and are tried again by themselves. */
  | { readonly kind: 'retrying'; readonly failed: number };

/** Which cases are complete on this device, and what keeps them so. A case is kept from its first opening here on, unless the person says no. */
export interface Keeping {
  /** By case id; every case of the catalogue has one. */
  readonly cases: Observable<Readonly<Record<string, KeptCase>>>;
  /** New cases are kept without being opened first. */
  readonly keepsNew: Observable<boolean>;
  readonly progress: Observable<BackgroundProgress>;
  /** The person opens the case or one of its documents. */
  noteOpened(caseId: string): void;
  /** Rejects with the reason when the choice could not be stored: then it does not count. */
  setKept(caseId: string, isKept: boolean): Promise<LettingGo>;
  setKeepsNew(isOn: boolean): Promise<void>;
}

/**
 * Words not sent yet, and what else this device alone remembers of a document, item by item, until the person is done
 * with it. Names are ids and words of the program, never content.
 */
export interface Drafts {
  read(documentId: string): Promise<ReadonlyMap<string, unknown>>;
  /** Here at once, in the device store as soon as it can; null when nothing is left of it. */
  write(documentId: string, name: string, value: object | null): void;
}

/** What the browser says of the room it gives; null where it does not say. */
export interface StorageState {
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether it has promised not to throw this origin's storage away by itself. */
  readonly isPersisted: boolean | null;
  /** Four fifths are used: time to make room. */
  readonly isNearlyFull: boolean;
}

/** What happened to this device's store that the person must know of; kept until they have seen it. */
export type StoreNote =
  /** The browser removed it between two visits. */
  | { readonly kind: 'evicted'; readonly lost: number }
  /** It was deleted under this page; what was open here has been written again. */
  | { readonly kind: 'deletedWhileOpen'; readonly lost: number };

/** Everything that only this device has, as one file to be brought in again. */
interface UnsyncedExport {
  readonly blob: Blob;
  readonly documents: number;
  readonly commands: number;
  /** Stored entries that could not be read and are not in the file. */
  readonly unreadable: number;
}

export type UnsyncedImport =
  /** Documents that got something new, commands that were queued, documents where all of it was here already. */
  | { readonly ok: true; readonly documents: number; readonly commands: number; readonly alreadyHere: number }
  /** `newer`: made by a newer version of the program. `notStored`: the device store does not take it; what came in stays. */
  | { readonly ok: false; readonly reason: 'unreadable' | 'newer' | 'otherPerson' | 'notStored' };

/** One signed-in (or remembered) person on this device. */
export interface PersonSession {
  readonly me: Me;
  readonly catalogue: Catalogue;
  readonly activity: ActivityFeed;
  readonly held: HeldEdits;
  readonly outbox: Observable<readonly OutboxEntry[]>;
  /** Puts a command into the durable outbox; resolves when it is stored on the device, not when it is done. */
  submit(command: Command): Promise<void>;
  /** Forgets a refused command that the person has seen. */
  dismiss(commandId: string): Promise<void>;
  openDocument(documentId: string): DocumentReplica;
  /** A document's body as this device has it, without opening the document; null when it has none. */
  readBodyCopy(documentId: string): Promise<Y.Doc | null>;
  readonly drafts: Drafts;
  readonly keeping: Keeping;
  /** The whole device: counts documents and commands that wait. */
  readonly status: Observable<SaveStatus>;
  /** Documents with edits that the relay has not acknowledged, open or not. */
  readonly waitingDocuments: Observable<readonly string[]>;
  /** Documents with unacknowledged edits plus waiting commands. */
  unsyncedCount(): Promise<number>;
  exportUnsynced(): Promise<UnsyncedExport>;
  /** Brings a file of unsynced work in again: only this person's own; twice does no harm. */
  importUnsynced(text: string): Promise<UnsyncedImport>;
  /** Asks, sends and fetches now what would otherwise happen within the minute; resolves when that was tried. */
  syncNow(): Promise<void>;
  /** `lost`: how many changes there were that nobody else had. */
  readonly storeNote: Observable<StoreNote | null>;
  dismissStoreNote(): void;
  /** A backup was put back at the server since this person was last told what it holds; until they have seen it. */
  readonly isPutBack: Observable<boolean>;
  dismissPutBack(): Promise<void>;
  readonly storage: Observable<StorageState>;
  /** Ends the session on the server when online; local work stays on the device. */
  signOut(): Promise<void>;
}

/** Where the app stands with its person. */
export type DeviceState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signedOut' }
  /** First start of a server without accounts, opened through its one-time link. */
  | { readonly kind: 'setup'; readonly token: string }
  | { readonly kind: 'signedIn'; readonly session: PersonSession }
  /** IndexedDB cannot be opened at all. */
  | ({ readonly kind: 'storeFailed' } & StoreFailure);

export interface Device {
  readonly state: Observable<DeviceState>;
  /** False on plain http other than localhost: no offline work is promised (no locks, no crypto, no service worker). */
  readonly isSecureOrigin: boolean;
  /** Whether anything made here is in no store yet: closing the page would lose it. */
  isUnstored(): boolean;
  /** Resolves when everything made so far is in the device store, or could not be put there. */
  settled(): Promise<void>;
  signIn(name: string, password: string): Promise<SignInOutcome>;
  completeSetup(input: {
    name: string;
    password: string;
    agencyName: string;
    agencyMark: string;
  }): Promise<SignInOutcome>;
}
