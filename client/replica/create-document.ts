/**
 * Makes a document on this device: the command that registers it goes into the outbox, then its first words are written
 * into its fresh body, by the creator and nobody else. The server learns of both when it can.
 */
import { writeTemplate } from '../../shared/kinds/template.ts';
import { ORIGIN } from '../../shared/origins.ts';
import type { Audience } from '../../shared/permissions.ts';
import type { Language, MadeKind } from '../../shared/vocabulary.ts';
import type { PersonSession } from './contract.ts';
import { whenLoaded } from './when-loaded.ts';

export interface NewDocument {
  readonly documentId: string;
  readonly caseId: string;
  readonly kind: MadeKind;
  readonly title: string;
  readonly audience: Audience;
  /** The creator's acting agency; taken only with the audience `agency`. */
  readonly audienceAgencyId: string;
  readonly language: Language;
}

/** Resolves to false when the device store does not take it. */
export async function createDocument(
  session: PersonSession,
  environment: { readonly now: () => number; readonly uuid: () => string },
  input: NewDocument,
): Promise<boolean> {
  const { documentId, caseId, kind, title, audience } = input;
  const ofAgency = audience === 'agency' ? { audienceAgencyId: input.audienceAgencyId } : {};
  const commandId = environment.uuid();
  try {
    await session.submit({
      commandId,
      type: 'registerDocument',
      documentId,
      caseId,
      kind,
      title,
      audience,
      ...ofAgency,
    });
  } catch {
    // The store is full or closed: nothing has been made, and the person is told.
    return false;
  }
  const replica = session.openDocument(documentId);
  try {
    const { body } = replica.rooms;
    if (!(await whenLoaded(body))) return false;
    writeTemplate(body.doc, kind, input.language, {
      by: session.me.person.personId,
      atMs: environment.now(),
      title,
      newId: environment.uuid,
      origin: ORIGIN.model,
    });
    return true;
  } finally {
    replica.release();
  }
}
