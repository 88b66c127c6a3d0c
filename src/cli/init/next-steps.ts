/** Lists the steps after `vppmux init`, as commands to copy. */

import { join } from 'node:path';
import { DEFAULT_AGENT } from '../agents/agent-address.js';
import { UNIT_NAME } from './unit.js';

export interface Steps {
  readonly dir: string;
  /** The command that runs vppmux on this machine. */
  readonly vppmux: string;
  readonly group: string;
  readonly groupIsThere: boolean;
  readonly tokens: boolean;
  readonly endpoint?: string;
}

/** Comments and commands of a shell, a line each. */
export function nextSteps({ dir, vppmux, group, groupIsThere, tokens, endpoint }: Steps): string[] {
  const credentials = tokens ? `CREDENTIALS_DIRECTORY=${quoted(join(dir, 'secrets'))} ` : '';
  return [
    '# try it in this terminal, without systemd:',
    `${credentials}${vppmux} run --config-dir ${quoted(dir)}`,
    '# run it as a service, as root:',
    ...(groupIsThere
      ? []
      : [`groupadd -f -r ${group}        # the group of VPP's socket: unix { gid ${group} } in VPP's startup.conf`]),
    `install -m 644 ${quoted(join(dir, UNIT_NAME))} /etc/systemd/system/${UNIT_NAME}`,
    'systemctl daemon-reload',
    'systemctl enable --now vppmux',
    '# look at it:',
    'journalctl -u vppmux -n 20 --no-pager -o cat',
    `${vppmux} doctor --config-dir ${quoted(dir)}`,
    `curl -s ${urlOf(endpoint)}/readiness`,
    ...(tokens
      ? [`${vppmux} op --token-file ${quoted(join(dir, 'secrets', 'read-token'))}${agentOption(endpoint)}`]
      : []),
  ];
}

/** The address where this machine reaches the agent. */
function urlOf(endpoint: string | undefined): string {
  if (endpoint === undefined) return DEFAULT_AGENT;
  return `http://${endpoint.replace(/^(0\.0\.0\.0|\[::\]|)(?=:\d+$)/, '127.0.0.1')}`;
}

const agentOption = (endpoint: string | undefined) => (endpoint === undefined ? '' : ` --agent ${urlOf(endpoint)}`);

/** A word of a shell. */
export function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
