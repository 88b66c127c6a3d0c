import type { FleetMistake } from '../../fleet/index.js';
import type { Host } from '../host.js';
import { counted } from './rollout-text.js';

/** Mistakes that are shown; JSON has all. */
const MOST = 200;

/** A line a mistake, warnings on stderr. */
export async function reportFleetMistakes(
  host: Host,
  folder: string,
  {
    mistakes,
    warnings = [],
  }: { readonly mistakes: readonly FleetMistake[]; readonly warnings?: readonly FleetMistake[] },
): Promise<void> {
  const text = ({ file, line, column, message }: FleetMistake) => `${folder}/${file}:${line}:${column}: ${message}`;
  for (const each of warnings.slice(0, MOST)) host.note(`warning: ${text(each)}`);
  for (const each of mistakes.slice(0, MOST)) await host.out.line(text(each));
  if (mistakes.length > MOST) await host.out.line(`… ${mistakes.length - MOST} more`);
  await host.out.flush();
  if (mistakes.length > 0) host.note(`${folder} has ${counted(mistakes.length, 'mistake')}; nothing was changed`);
}
