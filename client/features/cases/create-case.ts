/**
 * Makes a case on this device: the command goes into the outbox, then the title is written into the case's own record, by
 * the creator and nobody else. The server learns of both when it can; until then the case is worked on here.
 */
import { writeTemplate } from '../../../shared/kinds/template.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import type { CaseCategory, Language } from '../../../shared/vocabulary.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { whenLoaded } from '../../replica/when-loaded.ts';
import type { Environment } from '../../ui/environment.tsx';

interface NewCase {
  readonly title: string;
  readonly category: CaseCategory;
  /** The creator's acting agency: it leads the case. */
  readonly agencyId: string;
  readonly language: Language;
}

/** Resolves to the case's id; to null when the device store does not take it. */
export async function createCase(
  session: PersonSession,
  environment: Pick<Environment, 'now' | 'uuid'>,
  { title, category, agencyId, language }: NewCase,
): Promise<string | null> {
  const caseId = environment.uuid();
  try {
    await session.submit({ commandId: environment.uuid(), type: 'createCase', caseId, title, category, agencyId });
  } catch {
    // The store is full or closed: nothing has been made, and the person is told.
    return null;
  }
  const replica = session.openDocument(caseId);
  try {
    const { body } = replica.rooms;
    // Without it the case stands under the title of the command, which the server has too.
    if (!(await whenLoaded(body))) return caseId;
    writeTemplate(body.doc, 'caseRecord', language, {
      by: session.me.person.personId,
      atMs: environment.now(),
      title,
      newId: environment.uuid,
      origin: ORIGIN.model,
    });
    return caseId;
  } finally {
    replica.release();
  }
}
