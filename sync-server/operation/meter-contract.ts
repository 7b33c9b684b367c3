/** What the parts of the relay tell about their work as they do it. Whoever counts it is behind this; a test leaves it out. */
export interface Meter {
  /** The store answered. @param kind the kind of request */
  wrote(kind: string, isDurable: boolean, seconds: number): void;
  /** An update of so many bytes is durable. */
  updateStored(bytes: number): void;
  /** An update came, and now it is durable, passed on and acknowledged. */
  echoed(seconds: number): void;
  /** An update was not taken. Both are words of this program, never of a peer. */
  refused(event: string, reason: string): void;
  /** A socket was closed, or never admitted, with this reason of the close-code table. */
  closed(reason: string): void;
}

export const NO_METER: Meter = {
  wrote: () => undefined,
  updateStored: () => undefined,
  echoed: () => undefined,
  refused: () => undefined,
  closed: () => undefined,
};
