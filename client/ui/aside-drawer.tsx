/** What stands beside a page where there is no room beside it: a page of its own that slides over. Loaded apart, as few need it. */
import { Drawer } from '@mantine/core';
import { useWords } from '../language/use-words.ts';
import styles from './aside.module.css';
import { AsideTitle, type PageAside } from './aside.tsx';

export function AsideDrawer({ aside }: { aside: PageAside }) {
  const say = useWords();
  return (
    <Drawer
      opened={aside.isOpen}
      onClose={() => aside.setOpen(false)}
      position="right"
      size={420}
      padding={0}
      title={<AsideTitle aside={aside} />}
      closeButtonProps={{ 'aria-label': say('general.close') }}
      transitionProps={{ duration: 120 }}
      classNames={{ content: styles.drawer, header: styles.head, body: styles.body }}
    >
      {aside.children}
    </Drawer>
  );
}
