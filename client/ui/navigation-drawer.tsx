/** The navigation on a phone: a drawer from the side. Loaded apart: on a wide screen nobody needs it. */
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../language/use-words.ts';

interface NavigationDrawerProps {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function NavigationDrawer({ opened, onClose, children }: NavigationDrawerProps) {
  const say = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={288}
      padding="sm"
      title={say('general.navigation')}
      closeButtonProps={{ 'aria-label': say('general.close') }}
      transitionProps={{ duration: 120 }}
      styles={{ content: { background: 'var(--ground)' }, header: { background: 'var(--ground)' } }}
    >
      <nav aria-label={say('general.navigation')}>{children}</nav>
    </Drawer>
  );
}
