/** Signing in again over the page, which stays as it was: what was being written is still there afterwards. */
import { Modal } from '@mantine/core';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { useWords } from '../language/use-words.ts';
import type { Device } from '../replica/contract.ts';

interface SignInAgainProps {
  opened: boolean;
  device: Device;
  knownName: string;
  onClose: () => void;
}

export function SignInAgain({ opened, device, knownName, onClose }: SignInAgainProps) {
  const say = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      fullScreen
      title={say('problem.signInAgain')}
      closeButtonProps={{ 'aria-label': say('general.close') }}
    >
      <SignInPage device={device} knownName={knownName} onSignedIn={onClose} />
    </Modal>
  );
}
