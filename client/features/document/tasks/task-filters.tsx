/** The choice of which tasks are shown, each with how many there are; radio buttons, so the arrow keys choose. */
import { VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '../../../language/use-words.ts';
import { TASK_FILTERS, type TaskFilter } from './task-filter.ts';
import styles from './task-filters.module.css';

interface TaskFiltersProps {
  chosen: TaskFilter;
  counts: Readonly<Record<TaskFilter, number>>;
  onChoose: (filter: TaskFilter) => void;
}

export function TaskFilters({ chosen, counts, onChoose }: TaskFiltersProps) {
  const say = useWords();
  const name = useId();
  return (
    <fieldset className={styles.filters}>
      <VisuallyHidden component="legend">{say('tasks.filter')}</VisuallyHidden>
      {TASK_FILTERS.map((filter) => (
        <label key={filter} className={styles.filter}>
          <input type="radio" name={name} checked={filter === chosen} onChange={() => onChoose(filter)} />
          {say(`tasks.filter.${filter}`)} <span className={styles.count}>{counts[filter]}</span>
        </label>
      ))}
    </fieldset>
  );
}
