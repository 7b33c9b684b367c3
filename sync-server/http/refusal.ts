/** How the HTTP API says no: a status, a machine word, a sentence, and for wrong input the fields. */
import type { z } from 'zod';
import type { ApiError } from '../../shared/api.ts';

/** Thrown inside a route, turned into an answer at the border. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string> | undefined;

  constructor(status: number, code: string, message: string, fields?: Record<string, string>) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export function apiError(code: string, message: string, fields?: Record<string, string>): ApiError {
  return { error: { code, message, ...(fields === undefined ? {} : { fields }) } };
}

/** The input as the schema says, or a refusal that names every wrong field. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[path.join('.') || '(whole)'] ??= message;
  throw new HttpRefusal(400, 'bad-input', 'the input does not fit', fields);
}
