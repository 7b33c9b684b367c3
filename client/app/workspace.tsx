/**
 * What a signed-in person has before them: navigation, the notes about this device, and the page of the address. Pages
 * are features that do not know each other; the ways between them are here.
 */
import { Button } from '@mantine/core';
import { type ErrorInfo, useEffect, useMemo, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { CasesPage } from '../features/cases/cases-page.tsx';
import { useWords } from '../language/use-words.ts';
import type { Program } from '../offline/contract.ts';
import type { Device, PersonSession } from '../replica/contract.ts';
import { hasAppleKeyboard } from '../ui/apple-keyboard.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { useNotice } from '../ui/notices.tsx';
import { Path } from '../ui/path.tsx';
import { Page, Shell } from '../ui/shell.tsx';
import { DeviceNotes } from './device-notes.tsx';
import { DeviceStatus } from './device-status.tsx';
import { Navigation } from './navigation.tsx';
import {
  CasePage,
  DevicePage,
  DocumentPage,
  FirstStepsPage,
  HeldPage,
  KeyboardList,
  PeoplePage,
  ProjectionPage,
  preloadPages,
  SignInAgain,
} from './pages.tsx';
import { useFirstSteps } from './use-first-steps.ts';
import { useKeyboardList } from './use-keyboard-list.ts';

interface WorkspaceProps {
  device: Device;
  program: Program;
  session: PersonSession;
  onError: (error: Error, info: ErrorInfo) => void;
  reload: () => void;
}

export function Workspace({ device, program, session, onError, reload }: WorkspaceProps) {
  const say = useWords();
  const [location, navigate] = useLocation();
  const [isDocument] = useRoute('/cases/:caseId/*?');
  /** null until it is asked for. */
  const [isSigningIn, setSigningIn] = useState<boolean | null>(null);
  const keyboardList = useKeyboardList();
  const firstSteps = useFirstSteps(session);
  const openCase = (caseId: string) => navigate(`/cases/${caseId}`);
  useSaveKey(session);
  useKeepOpened(session);
  // The same element each time, so that the pages around it are not drawn anew.
  const deviceStatus = useMemo(() => <DeviceStatus session={session} />, [session]);
  useEffect(() => {
    void preloadPages();
  }, []);

  const projected = useRoute('/cases/:caseId/documents/:documentId/project')[1];
  if (projected !== null) {
    const { caseId, documentId } = projected;
    return (
      <ErrorBoundary resetKey={location} onError={onError} onReload={reload}>
        <ProjectionPage
          key={documentId}
          session={session}
          caseId={caseId}
          documentId={documentId}
          onLeave={() => navigate(`/cases/${caseId}/documents/${documentId}`)}
        />
      </ErrorBoundary>
    );
  }

  return (
    <Shell
      navigation={(close) => (
        <Navigation
          session={session}
          program={program}
          isSecureOrigin={device.isSecureOrigin}
          onChosen={close}
          onKeys={() => {
            close();
            keyboardList.setOpen(true);
          }}
        />
      )}
      status={deviceStatus}
      notes={
        <DeviceNotes
          session={session}
          isOnDocument={isDocument}
          onSignIn={() => setSigningIn(true)}
          onReload={reload}
        />
      }
    >
      <ErrorBoundary resetKey={location} onError={onError} onReload={reload}>
        <Switch>
          <Route path="/">
            {firstSteps.isShown ? (
              <FirstStepsPage session={session} onOpenCase={openCase} onLeave={firstSteps.leave} />
            ) : (
              <CasesPage
                session={session}
                onOpenCase={openCase}
                onFirstSteps={firstSteps.isLeft ? () => navigate('/start') : undefined}
              />
            )}
          </Route>
          <Route path="/cases/:caseId">
            {({ caseId }) => (
              <CasePage
                key={caseId}
                session={session}
                caseId={caseId}
                onOpenDocument={(documentId) => navigate(`/cases/${caseId}/documents/${documentId}`)}
                onHeld={() => navigate(`/cases/${caseId}/documents/${caseId}/held`)}
                onSignIn={() => setSigningIn(true)}
                onReload={reload}
                toCases={() => navigate('/')}
              />
            )}
          </Route>
          <Route path="/cases/:caseId/documents/:documentId">
            {({ caseId, documentId }) => (
              <DocumentPage
                key={documentId}
                session={session}
                caseId={caseId}
                documentId={documentId}
                onSignIn={() => setSigningIn(true)}
                onReload={reload}
                onLeave={(isCaseKnown) => navigate(isCaseKnown ? `/cases/${caseId}` : '/')}
                onHeld={() => navigate(`/cases/${caseId}/documents/${documentId}/held`)}
                onProject={() => navigate(`/cases/${caseId}/documents/${documentId}/project`)}
              />
            )}
          </Route>
          <Route path="/cases/:caseId/documents/:documentId/held">
            {({ caseId, documentId }) => (
              <HeldPage key={documentId} session={session} caseId={caseId} documentId={documentId} />
            )}
          </Route>
          <Route path="/people">
            <PeoplePage session={session} onFirstSteps={() => navigate('/start')} />
          </Route>
          {session.me.person.isAdministrator && (
            <Route path="/start">
              <FirstStepsPage session={session} onOpenCase={openCase} onLeave={() => navigate('/')} />
            </Route>
          )}
          <Route path="/device">
            <DevicePage session={session} />
          </Route>
          <Route path="/sign-in">
            <Redirect to="/" replace />
          </Route>
          <Route>
            <Page
              path={<Path above={[{ label: say('navigation.cases'), href: '/' }]} here={say('general.notFound')} />}
            >
              <EmptyState
                title={say('general.notFound')}
                next={say('general.notFoundNext')}
                act={<Button onClick={() => navigate('/')}>{say('general.toCases')}</Button>}
              />
            </Page>
          </Route>
        </Switch>
      </ErrorBoundary>
      {keyboardList.isOpen !== null && (
        <KeyboardList
          opened={keyboardList.isOpen}
          isApple={hasAppleKeyboard()}
          onClose={() => keyboardList.setOpen(false)}
        />
      )}
      {isSigningIn !== null && (
        <SignInAgain
          opened={isSigningIn}
          device={device}
          knownName={session.me.person.name}
          onClose={() => setSigningIn(false)}
        />
      )}
    </Shell>
  );
}

/** A case is kept on this device from its first opening here on; a person's no is remembered. */
function useKeepOpened(session: PersonSession) {
  const [, opened] = useRoute('/cases/:caseId/*?');
  const caseId = opened?.caseId;
  useEffect(() => {
    if (caseId !== undefined) session.keeping.noteOpened(caseId);
  }, [session, caseId]);
}

/** Ctrl+S and Cmd+S: there is nothing to save, and the page says so. */
function useSaveKey(session: PersonSession) {
  const say = useWords();
  const notify = useNotice();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      const isOnServer = session.status.get().kind === 'savedOnServer';
      notify({ text: say(isOnServer ? 'status.alreadySavedOnServer' : 'status.alreadySaved') });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session, say, notify]);
}
