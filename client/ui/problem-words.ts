/**
 * What went wrong, in words with what to do next: from a problem of the replica to keys of the catalogue and the acts
 * that help. Pure; who shows it decides how an act is done.
 */

import type { CloseName } from '../../shared/close-codes.ts';
import type { SaidRefusal } from '../../shared/commands.ts';
import type { HeldReason } from '../../shared/held.ts';
import type { WordKey } from '../language/catalogue.ts';

/** A problem as the replica tells it. */
export type ShownProblem =
  | {
      readonly kind: 'storeFailed';
      readonly why: 'quota' | 'blocked' | 'gone' | 'unknown';
      readonly message: string;
    }
  | { readonly kind: 'closed'; readonly close: CloseName }
  | {
      readonly kind: 'editsHeld';
      readonly reason: HeldReason;
      readonly handedIn: boolean;
      readonly isTurnedAway: boolean;
    }
  | { readonly kind: 'commandRefused'; readonly reason: SaidRefusal }
  | { readonly kind: 'otherPerson' };

/** What a person can do about it, the most helpful first. */
export type ProblemAct = 'export' | 'startFresh' | 'seeHeld' | 'signIn' | 'reload';

export interface ProblemWords {
  readonly title: WordKey;
  /** Said before what to do next: the reason, where there is one. */
  readonly reason?: WordKey;
  readonly next: WordKey;
  /** The technical note of the browser, in no particular language. */
  readonly message?: string;
  readonly acts: readonly ProblemAct[];
  /** `bad` stops the work; with `warn` one can write on. */
  readonly tone: 'warn' | 'bad';
}

export function problemToWords(problem: ShownProblem): ProblemWords {
  switch (problem.kind) {
    case 'storeFailed':
      return {
        title: `problem.store.${problem.why}`,
        next: `problem.store.${problem.why}Next`,
        message: problem.message,
        acts: ['export', 'reload'],
        tone: 'bad',
      };
    case 'otherPerson':
      return OTHER_PERSON;
    case 'editsHeld':
      return heldToWords(problem);
    case 'commandRefused':
      return { title: 'status.needsAttention', next: `refusal.${problem.reason}`, acts: [], tone: 'warn' };
    case 'closed':
      return closeToWords(problem.close);
  }
}

/** What was true when the words were written and is not any more: nobody did wrong. */
const HONEST_RACES: readonly HeldReason[] = ['frozen', 'may-not-write', 'no-access'];

function heldToWords(problem: Extract<ShownProblem, { kind: 'editsHeld' }>): ProblemWords {
  const { reason, handedIn, isTurnedAway } = problem;
  const isRace = HONEST_RACES.includes(reason);
  // Whoever may not enter any more has no fresh copy to go on with.
  const isGone = reason === 'no-access';
  return {
    title: isRace ? 'problem.editTooLate' : 'problem.editRefused',
    reason: `problem.reason.${reason}`,
    next: isTurnedAway
      ? 'problem.editsTurnedAwayNext'
      : !handedIn
        ? 'problem.editsKeptNext'
        : isGone
          ? 'problem.editsHeldGoneNext'
          : 'problem.editsHeldNext',
    acts: isGone ? (handedIn ? ['seeHeld', 'export'] : ['export']) : ['startFresh', 'export'],
    tone: isRace && !isTurnedAway ? 'warn' : 'bad',
  };
}

const OTHER_PERSON: ProblemWords = {
  title: 'problem.otherPerson',
  next: 'problem.otherPersonNext',
  acts: ['signIn', 'export'],
  tone: 'bad',
};

function closeToWords(close: CloseName): ProblemWords {
  switch (close) {
    case 'signIn':
      return { title: 'problem.signIn', next: 'problem.signInNext', acts: ['signIn'], tone: 'warn' };
    case 'noAccess':
      return { title: 'problem.noAccess', next: 'problem.noAccessNext', acts: ['export'], tone: 'bad' };
    case 'editRefused':
    case 'editTooLate':
      return {
        title: close === 'editTooLate' ? 'problem.editTooLate' : 'problem.editRefused',
        next: 'problem.editsKeptNext',
        acts: ['startFresh', 'export'],
        tone: 'bad',
      };
    case 'unknownRoom':
      return { title: 'problem.unknownRoom', next: 'problem.unknownRoomNext', acts: ['export'], tone: 'warn' };
    case 'otherPerson':
      return OTHER_PERSON;
    case 'otherGeneration':
      return { title: 'problem.otherGeneration', next: 'problem.otherGenerationNext', acts: ['reload'], tone: 'warn' };
    case 'tooBig':
      return { title: 'problem.tooBig', next: 'problem.tooBigNext', acts: ['export'], tone: 'bad' };
    case 'updateClient':
      return { title: 'problem.updateClient', next: 'problem.updateClientNext', acts: ['reload'], tone: 'warn' };
    case 'malformed':
      return { title: 'problem.malformed', next: 'problem.malformedNext', acts: ['reload', 'export'], tone: 'bad' };
    case 'rightsChanged':
    case 'tooFast':
    case 'tooMany':
    case 'tooSlow':
    case 'storeFailed':
    case 'draining':
    case 'recovering':
      return { title: 'problem.busy', next: 'problem.busyNext', acts: [], tone: 'warn' };
  }
}
