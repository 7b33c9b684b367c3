/**
 * The versions that both ends compare when they meet. Raise WIRE_VERSION with any change in shared/wire; the prose
 * schema has its own number beside the schema. Tests lock both to a hash of what they stand for.
 */

/** Version of the messages in shared/wire. 2: who owns which clientID, and what to do after a backup was put back. */
export const WIRE_VERSION = 2;

/** Oldest wire that the relay still speaks, to who says that it is theirs: nothing that came later is sent to them. */
export const OLDEST_WIRE_VERSION = 1;

/** Version of everything in shared/prose that another client must agree with. Here, so that who only compares it need not load it. */
export const PROSE_SCHEMA_VERSION = 1;

/** Oldest prose schema whose clients may still connect; older ones are told to update. */
export const OLDEST_PROSE_SCHEMA_VERSION = 1;
