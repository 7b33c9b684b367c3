/** A chip that says on asking what stands behind its word. */
import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { Chip, type Tone } from './chip.tsx';
import styles from './explained-chip.module.css';

export interface ExplainedChipProps {
  readonly word: string;
  readonly tone?: Tone;
  /** For screen readers, where the word alone says too little. */
  readonly label?: string;
  /** The explanation. */
  readonly children: ReactNode;
}

export function ExplainedChip({ word, tone = 'plain', label, children }: ExplainedChipProps) {
  return (
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <button type="button" className={styles.button} aria-label={label}>
          <Chip tone={tone}>{word}</Chip>
        </button>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
