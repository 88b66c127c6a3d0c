/** The wishes there were, the newest first, with the way back to each. */

import { useEffect, useState } from 'preact/hooks';
import { useMayWrite } from '../../feed/index.js';
import { useQuestion } from '../../feed/use-question.js';
import { CallDialog } from '../../parts/call-dialog.js';
import { type Column, Table } from '../../parts/table.js';

interface PastWish {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly comment?: string;
  readonly state: 'present' | 'unconfirmed' | 'confirmed' | 'past' | 'taken-back';
  readonly results?: Readonly<Record<string, number>>;
}

export function HistoryTab({ revision, onApplied }: { readonly revision?: number; readonly onApplied: () => void }) {
  const mayWrite = useMayWrite();
  const [back, setBack] = useState<number>();
  const { answer, failed, ask } = useQuestion<{ readonly wishes: readonly PastWish[] }>('wish.history');
  // Asked again whenever another wish is the present one.
  useEffect(() => ask({}), [revision]);
  const way: Column<PastWish> = {
    key: 'back',
    title: 'Way back',
    cell: ({ revision: each, state }) =>
      state === 'present' || state === 'unconfirmed' ? null : (
        <button type="button" onClick={() => setBack(each)}>
          Go back to {each} …
        </button>
      ),
  };
  return (
    <>
      {failed && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer && (
        <section class="panel" aria-label="History">
          <Table
            caption="Wishes that were applied"
            columns={mayWrite ? [...COLUMNS, way] : COLUMNS}
            rows={answer.wishes}
            keyOf={(each) => String(each.revision)}
            sort={{ key: 'revision', isDown: true }}
            empty="No wish was applied yet."
          />
        </section>
      )}
      {back !== undefined && (
        <CallDialog
          call={{
            title: `Go back to wish ${back}`,
            operation: 'wish.rollback',
            input: { revision: back },
            warning: 'VPP is changed to what that wish says.',
          }}
          onClose={() => {
            setBack(undefined);
            ask({});
            onApplied();
          }}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<PastWish>[] = [
  { key: 'revision', title: 'Wish', number: true, sort: ({ revision }) => revision, cell: ({ revision }) => revision },
  { key: 'state', title: 'State', cell: ({ state }) => state },
  { key: 'at', title: 'Saved', sort: ({ at }) => at, cell: ({ at }) => new Date(at).toLocaleString() },
  { key: 'by', title: 'By', cell: ({ by }) => by },
  { key: 'comment', title: 'Comment', wide: true, cell: ({ comment = '' }) => comment },
  {
    key: 'results',
    title: 'Changes',
    wide: true,
    cell: ({ results = {} }) =>
      Object.entries(results)
        .filter(([, count]) => count > 0)
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
  },
];
