/** Over a document of a kind that came after this version: what can be seen of it here, and the two ways on. */
import { Button } from '@mantine/core';
import { useWords } from '../../language/use-words.ts';
import { Banner } from '../../ui/banner.tsx';

export function UnknownKind({ onReload, onExport }: { onReload: () => void; onExport: () => void }) {
  const say = useWords();
  return (
    <Banner
      tone="warn"
      title={say('newer.kind')}
      acts={
        <>
          <Button onClick={onReload}>{say('general.reload')}</Button>
          <Button variant="default" onClick={onExport}>
            {say('document.export')}
          </Button>
        </>
      }
    >
      {say('newer.kindNext')}
    </Banner>
  );
}
