/** Beside a case in the list: whether it is complete on this device, or how far it is. Nothing for a case that is not kept. */
import { useWords } from '../../language/use-words.ts';
import type { KeptCase } from '../../replica/contract.ts';
import { Chip } from '../../ui/chip.tsx';

export function KeptMark({ kept, isFetching }: { kept: KeptCase | undefined; isFetching: boolean }) {
  const say = useWords();
  if (!kept?.isKept) return null;
  const { documents: count, here } = kept;
  if (here === count) return <Chip tone="ok">{say('keep.mark')}</Chip>;
  return <Chip>{say(isFetching ? 'keep.markPartial' : 'keep.markPartialOffline', { here, count })}</Chip>;
}
