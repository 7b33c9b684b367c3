/**
 * What the operator can set, by environment variables only. Parsed once; when something is wrong everything that is
 * wrong is listed, and nothing starts.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { OBSERVABLE_RULES, type ObservableRule } from './gate/content-rules.ts';

export interface Config {
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  readonly dataDirectory: string;
  /** The one origin people use; null: http(s)://localhost and the port that was opened. */
  readonly origin: string | null;
  /** Certificate and key files; null: plain http. */
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
  readonly logLevel: string;
  /** What a tool on another machine shows to read /metrics; null: nobody elsewhere may. */
  readonly metricsToken: string | null;
  /** Rules of the gate that are watched and not enforced. */
  readonly observedRules: ReadonlySet<ObservableRule>;
}

const file = z.string().refine((path) => existsSync(path), { error: 'no such file' });

const environmentSchema = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, { error: 'must be a port number' })
      .transform(Number)
      .refine((port) => port <= 65_535, { error: 'must be a port number' })
      .default(4870),
    CONCORD_HOST: z.string().min(1).default('127.0.0.1'),
    CONCORD_DATA_DIR: z.string().min(1).default('./data'),
    CONCORD_URL: z
      .string()
      .refine(isOrigin, { error: 'must be an origin such as https://concord.example.cn, without a path' })
      .optional(),
    CONCORD_TLS_CERT: file.optional(),
    CONCORD_TLS_KEY: file.optional(),
    CONCORD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    CONCORD_METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
    CONCORD_OBSERVED_RULES: z
      .string()
      .transform((text) => text.split(',').map((rule) => rule.trim()))
      .pipe(z.array(z.enum(OBSERVABLE_RULES)))
      .default([]),
  })
  .refine((env) => (env.CONCORD_TLS_CERT === undefined) === (env.CONCORD_TLS_KEY === undefined), {
    error: 'CONCORD_TLS_CERT and CONCORD_TLS_KEY belong together: set both or neither',
  });

/** The configuration, or every fault as a line of text. Empty variables count as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | { faults: string[] } {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const unknown = Object.keys(set).filter((name) => name.startsWith('CONCORD_') && !KNOWN.has(name));
  const parsed = environmentSchema.safeParse(set);
  const faults = unknown.map((name) => `${name}: there is no such setting`);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      faults.push(path.length === 0 ? message : `${path.join('.')}: ${message}`);
    }
    // A rule over several variables is not looked at while one of them is wrong; look at it anyway.
    if ((set.CONCORD_TLS_CERT === undefined) !== (set.CONCORD_TLS_KEY === undefined)) {
      const together = 'CONCORD_TLS_CERT and CONCORD_TLS_KEY belong together: set both or neither';
      if (!faults.includes(together)) faults.push(together);
    }
  }
  if (faults.length > 0 || !parsed.success) return { faults };
  const env = parsed.data;
  const { CONCORD_TLS_CERT: certPath, CONCORD_TLS_KEY: keyPath } = env;
  return {
    port: env.PORT,
    host: env.CONCORD_HOST,
    dataDirectory: env.CONCORD_DATA_DIR,
    origin: env.CONCORD_URL ?? null,
    tls: certPath === undefined || keyPath === undefined ? null : { certPath, keyPath },
    logLevel: env.CONCORD_LOG_LEVEL,
    metricsToken: env.CONCORD_METRICS_TOKEN ?? null,
    observedRules: new Set(env.CONCORD_OBSERVED_RULES),
  };
}

const KNOWN = new Set([
  'CONCORD_HOST',
  'CONCORD_DATA_DIR',
  'CONCORD_URL',
  'CONCORD_TLS_CERT',
  'CONCORD_TLS_KEY',
  'CONCORD_LOG_LEVEL',
  'CONCORD_METRICS_TOKEN',
  'CONCORD_OBSERVED_RULES',
]);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === text;
}
