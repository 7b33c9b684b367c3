/** What may be done with a row of the plan as a whole. The menu is built when it is first asked for: 200 rows have 200 of them. */
import { ActionIcon, Menu } from '@mantine/core';
import { memo, useState } from 'react';
import { useWords } from '../../../language/use-words.ts';
import { MoreIcon } from '../../../ui/icons.tsx';
import type { RowActs } from './row-acts.ts';

interface TaskMenuProps {
  recordId: string;
  number: number;
  isLast: boolean;
  mayMove: boolean;
  acts: RowActs;
}

export const TaskMenu = memo(function TaskMenu({ recordId, number, isLast, mayMove, acts }: TaskMenuProps) {
  const say = useWords();
  const [isAsked, setAsked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const label = say('tasks.actionsOf', { number });
  if (!isAsked) {
    return (
      <ActionIcon
        aria-label={label}
        aria-haspopup="menu"
        tabIndex={-1}
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
      >
        <MoreIcon />
      </ActionIcon>
    );
  }
  return (
    <Menu position="bottom-end" opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <ActionIcon aria-label={label} tabIndex={-1}>
          <MoreIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={number === 1 || !mayMove} onClick={() => acts.move(recordId, number - 2)}>
          {say('tasks.moveUp')}
        </Menu.Item>
        <Menu.Item disabled={isLast || !mayMove} onClick={() => acts.move(recordId, number)}>
          {say('tasks.moveDown')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="bad" onClick={() => acts.delete(recordId, number)}>
          {say('tasks.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});
