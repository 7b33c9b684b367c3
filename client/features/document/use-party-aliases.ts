/**
 * The parties one can name in a document: those of the case, by the aliases in its record as this device has it when the
 * document is opened; where it has none yet, the aliases that parties usually get.
 */
import { useEffect, useMemo, useState } from 'react';
import { readRecords } from '../../../shared/fields/records.ts';
import { readParties } from '../../../shared/kinds/parties.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';

export function usePartyAliases(session: PersonSession, caseId: string): readonly string[] {
  const say = useWords();
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    // The case's record is the document with the case's own id.
    void session.readBodyCopy(caseId).then((body) => {
      if (!isCurrent || body === null) return;
      const parties = readParties(readRecords(body.getMap(BODY_ROOTS.parties)));
      setKnown([...new Set(parties.map(({ alias }) => alias).filter((alias) => alias !== ''))]);
      body.destroy();
    });
    return () => {
      isCurrent = false;
    };
  }, [session, caseId]);
  return useMemo(() => (known.length > 0 ? known : say('party.aliases').split('|')), [known, say]);
}
