/** A dialog that shows a call of an operation before it is made, makes it, and says how it ended. */

import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { connection } from '../feed/index.js';
import { Dialog } from './dialog.js';
import { sentText } from './sent-text.js';

export interface PlannedCall {
  readonly title: string;
  /** Name of the operation: `interface.set-state`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What somebody should know before. */
  readonly warning?: string;
}

interface Props {
  readonly call: PlannedCall;
  /** Whether everything is filled in. */
  readonly isReady?: boolean;
  readonly onClose: () => void;
  /** Fields that fill the input. */
  readonly children?: ComponentChildren;
}

type Progress =
  | { readonly phase: 'planned' | 'sent' }
  | { readonly phase: 'done'; readonly answer: string }
  | { readonly phase: 'failed'; readonly reason: string };

export function CallDialog({ call, isReady = true, onClose, children }: Props) {
  const [progress, setProgress] = useState<Progress>({ phase: 'planned' });
  const close = useRef<HTMLButtonElement>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!isReady || progress.phase === 'sent') return;
    setProgress({ phase: 'sent' });
    try {
      const answer = await connection.call(call.operation, call.input);
      setProgress({ phase: 'done', answer: JSON.stringify(answer, null, 2) });
      close.current?.focus();
    } catch (error) {
      setProgress({ phase: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Dialog title={call.title} onClose={onClose}>
      <form class="form" onSubmit={send}>
        {progress.phase !== 'done' && children}
        {call.warning !== undefined && progress.phase !== 'done' && <p class="note busy">{call.warning}</p>}
        <div>
          <p class="quiet">{progress.phase === 'done' ? 'Was sent:' : 'Will be sent:'}</p>
          <pre class="sent">{sentText(call.operation, call.input)}</pre>
        </div>
        <div role="status">
          {progress.phase === 'failed' && <p class="note bad">{progress.reason}</p>}
          {progress.phase === 'done' && (
            <>
              <p class="quiet">Done. The agent answered:</p>
              <pre class="sent">{progress.answer}</pre>
            </>
          )}
        </div>
        <div class="buttons">
          <button type="button" ref={close} onClick={onClose}>
            {progress.phase === 'done' ? 'Close' : 'Cancel'}
          </button>
          {progress.phase !== 'done' && (
            <button type="submit" class="main" disabled={!isReady || progress.phase === 'sent'}>
              {progress.phase === 'sent' ? 'Sending …' : 'Send'}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
