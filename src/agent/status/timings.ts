/** Times that the steps of the life cycle took, and the tree that shows them. */

export interface Timing {
  readonly step: 'init' | 'afterInit' | 'close';
  readonly plugin: string;
  readonly ms: number;
  readonly failed: boolean;
}

/** A tree for the log: a branch per step, a leaf per plugin, each with its milliseconds. */
export function timingTree(timings: readonly Timing[]): string {
  const steps = [...new Set(timings.map((timing) => timing.step))];
  const lines: string[] = [];
  for (const [i, step] of steps.entries()) {
    const own = timings.filter((timing) => timing.step === step);
    const lastStep = i === steps.length - 1;
    lines.push(`${lastStep ? '└─' : '├─'} ${step} ${show(own.reduce((sum, timing) => sum + timing.ms, 0))}`);
    for (const [j, timing] of own.entries()) {
      const branch = j === own.length - 1 ? '└─' : '├─';
      lines.push(
        `${lastStep ? ' ' : '│'}  ${branch} ${timing.plugin} ${show(timing.ms)}${timing.failed ? ' failed' : ''}`,
      );
    }
  }
  return lines.join('\n');
}

const show = (ms: number) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
