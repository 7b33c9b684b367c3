/**
 * Tells the schema library not to compile schemas with `new Function`: the page's policy forbids it, and even the
 * library's probe is reported as a violation. Imported first, because schemas ask when they are defined; and built into the
 * library's own chunk (vite.config.ts), because other chunks with schemas run before the one that imports this.
 */
import { config } from 'zod';

config({ jitless: true });
