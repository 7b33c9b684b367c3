/** The library under the store, by the names it has here: one connection, and one statement made on it. How a store is opened is database.ts. */
import type { DatabaseSync, StatementSyncInstance } from '@photostructure/sqlite';

export type Database = InstanceType<typeof DatabaseSync>;
export type Statement = StatementSyncInstance;
