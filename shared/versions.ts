/**
 * The versions that both ends compare when they meet. Raise WIRE_VERSION with any change in shared/wire; the prose
 * schema has its own number beside the schema. Tests lock both to a hash of what they stand for.
 */

/** Version of the messages in shared/wire. */
export const WIRE_VERSION = 1;

/** Version of everything in shared/prose that another client must agree with. Here, so that who only compares it need not load it. */
export const PROSE_SCHEMA_VERSION = 1;

/** Oldest prose schema whose clients may still connect; older ones are told to update. */
export const OLDEST_PROSE_SCHEMA_VERSION = 1;
