/**
 * The whole page: who is here decides what is shown. Nobody yet: sign in or set up; a person: the product. Holds the
 * providers every component may count on, and the boundary that keeps a bug from taking the page away.
 */
import { Button, type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ErrorInfo } from 'react';
import { SetupPage } from '../features/sign-in/setup-page.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import type { PageLanguage } from '../language/language-choice.ts';
import { LanguageProvider } from '../language/language-provider.tsx';
import { useWords } from '../language/use-words.ts';
import type { Program } from '../offline/contract.ts';
import type { Device } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { type Environment, EnvironmentProvider } from '../ui/environment.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Notices } from '../ui/notices.tsx';
import { cssVariables, theme } from '../ui/theme.ts';
import { OfflineStartNote } from './offline-start-note.tsx';
import { ProgramNotice } from './program-notice.tsx';
import { Workspace } from './workspace.tsx';

export interface AppProps {
  readonly device: Device;
  readonly program: Program;
  readonly environment: Environment;
  readonly language: PageLanguage;
  readonly colorSchemes: MantineColorSchemeManager;
  readonly onError: (error: Error, info: ErrorInfo) => void;
}

export function App({ device, program, environment, language, colorSchemes, onError }: AppProps) {
  // The relay may have said that this version is too old, and a page that failed may be mended in a newer one.
  const reload = () => void program.reload({ mustLook: true });
  return (
    <LanguageProvider language={language}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemes}
        defaultColorScheme="auto"
      >
        <EnvironmentProvider environment={environment}>
          <ErrorBoundary resetKey="app" onError={onError} onReload={reload}>
            <Notices>
              <ByDeviceState device={device} program={program} onError={onError} reload={reload} />
            </Notices>
          </ErrorBoundary>
          <ProgramNotice program={program} />
        </EnvironmentProvider>
      </MantineProvider>
    </LanguageProvider>
  );
}

function ByDeviceState({
  device,
  program,
  onError,
  reload,
}: Pick<AppProps, 'device' | 'program' | 'onError'> & { reload: () => void }) {
  const say = useWords();
  const state = useObservable(device.state);
  switch (state.kind) {
    case 'starting':
      return <EmptyState title={say('general.starting')} />;
    case 'storeFailed':
      return (
        <div role="alert">
          <EmptyState
            title={say(state.why === 'blocked' ? 'problem.store.blocked' : 'problem.deviceStoreFailed')}
            next={
              <>
                {say(state.why === 'blocked' ? 'problem.store.blockedStart' : 'problem.deviceStoreFailedNext')}
                <br />
                <small>{say('problem.technical', { message: state.message })}</small>
              </>
            }
            act={<Button onClick={reload}>{say('general.reload')}</Button>}
          />
        </div>
      );
    case 'setup':
      return (
        <SetupPage
          device={device}
          note={<OfflineStartNote program={program} isSecureOrigin={device.isSecureOrigin} />}
        />
      );
    case 'signedOut':
      return (
        <SignInPage
          device={device}
          note={<OfflineStartNote program={program} isSecureOrigin={device.isSecureOrigin} />}
        />
      );
    case 'signedIn':
      return (
        <Workspace
          key={state.session.me.person.personId}
          device={device}
          program={program}
          session={state.session}
          onError={onError}
          reload={reload}
        />
      );
  }
}
