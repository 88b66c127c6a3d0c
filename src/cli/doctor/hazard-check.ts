/** Check for messages of this VPP that can crash it, and what vppmux does about them. */

import { conditional, forbidden, hazardsOf, isOnlyTold } from '../../mux/for-cli.js';
import type { Connection } from '../../mux/index.js';
import type { Finding } from '../output/finding.js';

/** Names in the line, which is to stay within a screen with the others; `vppmux describe` tells of any message. */
const NAMED = 1;

/** Never an error: nothing is wrong with a VPP that nobody asks so. */
export function hazardFinding({ table }: Pick<Connection, 'table'>): Finding {
  const names = [...table.keys()];
  const never = names.filter((name) => forbidden(name) !== undefined);
  const checked = names.filter((name) => conditional(name) !== undefined);
  const sent = names.flatMap((name) => hazardsOf(name)).filter(isOnlyTold);
  const unsafe = [...new Set(sent.map(({ message }) => message))];
  const detail = [
    `of the messages that can end VPP, ${never.length} are never sent, ${checked.length} only where they do no harm`,
    ...(unsafe.length > 0 ? [`${unsafe.length} cannot be checked beforehand: ${firstOf(unsafe)}`] : []),
  ].join('; ');
  const fix = unsafe.length > 0 ? 'what harms and why: `vppmux describe MESSAGE`' : undefined;
  return { check: 'hazards', ok: 'yes', detail, fix };
}

function firstOf(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
}
