/** What may be done with the case's record besides writing in it: for the host to look at held changes, for everybody to export. */
import { Menu } from '@mantine/core';
import { canSettleHeld, type SaidRole } from '../../../shared/permissions.ts';
import { useWords } from '../../language/use-words.ts';
import { MoreMenu } from '../../ui/more-menu.tsx';

interface CaseActsProps {
  role: SaidRole;
  /** Whether there are changes of the record that were not merged and concern this person. */
  hasHeld: boolean;
  onHeld: () => void;
  onExport: () => void;
}

export function CaseActs({ role, hasHeld, onHeld, onExport }: CaseActsProps) {
  const say = useWords();
  return (
    <MoreMenu label={say('document.more.actions')}>
      {(canSettleHeld(role, 'joint') || hasHeld) && <Menu.Item onClick={onHeld}>{say('document.held')}</Menu.Item>}
      <Menu.Item onClick={onExport}>{say('document.export')}</Menu.Item>
    </MoreMenu>
  );
}
