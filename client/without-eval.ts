/**
 * Tells the schema library not to compile schemas with `new Function`: the page's policy forbids it, and even the
 * library's probe is reported as a violation. Imported first, because schemas ask when they are defined.
 */
import { config } from 'zod';

config({ jitless: true });
