/**
 * Catches a bug in the page below it. Documents live outside React and keep saving, so the page says that nothing is
 * lost and offers to reload; it touches no store and ends no replica.
 */
import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useWords } from '../language/use-words.ts';
import { EmptyState } from './empty-state.tsx';

interface ErrorBoundaryProps {
  /** When this changes (another page), the boundary tries again. */
  resetKey: string;
  onError: (error: Error, info: ErrorInfo) => void;
  onReload: () => void;
  children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    this.props.onError(error, info);
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== null) this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <Crash error={error} onReload={this.props.onReload} />;
  }
}

function Crash({ error, onReload }: { error: Error; onReload: () => void }) {
  const say = useWords();
  return (
    <div role="alert">
      <EmptyState
        title={say('crash.title')}
        next={say('crash.explanation')}
        act={
          <>
            <Button onClick={onReload}>{say('general.reload')}</Button>
            <details style={{ marginTop: 16, color: 'var(--muted)' }}>
              <summary>{say('crash.details')}</summary>
              <code>{error.message}</code>
            </details>
          </>
        }
      />
    </div>
  );
}
