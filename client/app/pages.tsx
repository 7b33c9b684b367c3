/**
 * The pages and dialogs whose code is not part of the first load. Signing in and the list of cases are; everything else comes when it is
 * asked for, or, on a quiet moment, before that (`preloadPages`).
 */
import { CreateCaseDialog } from '../features/cases/cases-page.tsx';
import { later, onlyWhenFailed } from '../ui/later.tsx';
import { Page, preloadDrawers } from '../ui/shell.tsx';

const inPage = (words: React.ReactNode) => <Page path={null}>{words}</Page>;

export const CasePage = later(async () => (await import('../features/case/case-page.tsx')).CasePage, inPage);
export const DocumentPage = later(
  async () => (await import('../features/document/document-page.tsx')).DocumentPage,
  inPage,
);
export const ProjectionPage = later(
  async () => (await import('../features/document/projection/projection-page.tsx')).ProjectionPage,
  inPage,
);
export const HeldPage = later(async () => (await import('../features/held/held-page.tsx')).HeldPage, inPage);
export const PeoplePage = later(async () => (await import('../features/people/people-page.tsx')).PeoplePage, inPage);
export const FirstStepsPage = later(async () => (await import('./first-steps-page.tsx')).FirstStepsPage, inPage);
export const DevicePage = later(async () => (await import('../features/device/device-page.tsx')).DevicePage, inPage);

export const KeyboardList = later(async () => (await import('./keyboard-list.tsx')).KeyboardList, onlyWhenFailed);
export const SignInAgain = later(async () => (await import('./sign-in-again.tsx')).SignInAgain, onlyWhenFailed);
export const SignOutDialog = later(async () => (await import('./sign-out-dialog.tsx')).SignOutDialog, onlyWhenFailed);

/** Fetches, while there is a network, what a person may open later without one. A page that cannot be had now says so itself. */
export async function preloadPages(): Promise<void> {
  const documentParts = async () => (await import('../features/document/later-parts.ts')).preloadParts();
  const parts = [CasePage, DocumentPage, ProjectionPage, HeldPage, PeoplePage, DevicePage, CreateCaseDialog];
  const dialogs = [KeyboardList, SignInAgain, SignOutDialog];
  await Promise.allSettled([
    ...[...parts, ...dialogs].map((part) => part.preload()),
    preloadDrawers(),
    documentParts(),
  ]);
}
