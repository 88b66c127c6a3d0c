/** A wish that somebody writes: planned first, and applied only as it was planned. */

import { useState } from 'preact/hooks';
import { useMayWrite } from '../../feed/index.js';
import { useQuestion } from '../../feed/use-question.js';
import { CallDialog } from '../../parts/call-dialog.js';
import { Changes } from './changes.js';
import type { Plan } from './types.js';

const MOST = 500;
/** Seconds within which a wish has to be confirmed, unless something else is chosen. */
const CONFIRM = '120';

export function PlanTab({ onApplied }: { readonly onApplied: () => void }) {
  const mayWrite = useMayWrite();
  const [text, setText] = useState('');
  const [planned, setPlanned] = useState<string>();
  const [confirm, setConfirm] = useState(CONFIRM);
  const [isApplying, setApplying] = useState(false);
  const { answer, isAsking, failed, ask } = useQuestion<Plan>('wish.plan');
  const submit = (event: Event) => {
    event.preventDefault();
    setPlanned(text);
    ask({ text, most: MOST });
  };
  const isCurrent = answer !== undefined && !isAsking && planned === text;
  return (
    <>
      <form class="query panel" aria-label="Plan a wish" onSubmit={submit}>
        <label class="field whole">
          <span>Wish</span>
          <textarea
            rows={12}
            spellcheck={false}
            placeholder={'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }'}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit" class="main" disabled={isAsking || text.trim() === ''}>
          {isAsking ? 'Planning …' : 'Plan'}
        </button>
        {mayWrite && (
          <>
            <label class="field">
              <span>Confirm within</span>
              <select value={confirm} onChange={({ currentTarget }) => setConfirm(currentTarget.value)}>
                <option value="">not needed</option>
                <option value="60">1 minute</option>
                <option value={CONFIRM}>2 minutes</option>
                <option value="600">10 minutes</option>
              </select>
            </label>
            <button type="button" disabled={!isCurrent} onClick={() => setApplying(true)}>
              Apply …
            </button>
          </>
        )}
        <p class="quiet">
          {mayWrite
            ? 'The plan changes nothing. What is not confirmed in time is taken back.'
            : 'The plan changes nothing. Applying takes a caller who may write.'}
        </p>
      </form>
      {failed && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer?.refusal !== undefined && <p class="note busy">{answer.refusal}</p>}
      {answer && <Changes plan={answer} none="Nothing to do: VPP is as wished." />}
      {isApplying && answer && (
        <CallDialog
          call={{
            title: 'Apply the wish',
            operation: 'wish.apply',
            input: {
              text,
              ...(confirm !== '' && { confirm: Number(confirm) }),
              ...(answer.refusal !== undefined && { allowDeletions: answer.counts.delete }),
            },
            warning: warningOf(answer),
          }}
          onClose={() => {
            setApplying(false);
            onApplied();
          }}
        />
      )}
    </>
  );
}

function warningOf({ counts }: Plan): string | undefined {
  if (counts.delete === 0) return undefined;
  return counts.delete === 1 ? 'An object is deleted.' : `${counts.delete} objects are deleted.`;
}
