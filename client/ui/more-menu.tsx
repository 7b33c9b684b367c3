/** The three dots behind which more acts on one thing are; `label` says what they are done to. */
import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { MoreIcon } from './icons.tsx';

export interface MoreMenuProps {
  readonly label: string;
  /** `Menu.Item`s and `Menu.Divider`s. */
  readonly children: ReactNode;
}

export function MoreMenu({ label, children }: MoreMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={label}>
          <MoreIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
