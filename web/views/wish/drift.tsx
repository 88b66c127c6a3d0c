/** Differences between VPP and the wish, asked when somebody wants them: VPP is read for it. */

import { useQuestion } from '../../feed/use-question.js';
import { Changes } from './changes.js';
import type { Plan } from './types.js';

const MOST = 500;

export function DriftTab() {
  const { answer, isAsking, failed, ask } = useQuestion<Plan>('wish.drift');
  return (
    <>
      <div class="query panel">
        <button type="button" class="main" disabled={isAsking} onClick={() => ask({ most: MOST })}>
          {isAsking ? 'Reading VPP …' : 'Compare now'}
        </button>
        <p class="quiet">Reads VPP, and shows what would make it as wished. Nothing is changed.</p>
      </div>
      {failed && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer && <Changes plan={answer} none="VPP is as wished." />}
    </>
  );
}
