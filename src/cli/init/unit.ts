/** The systemd unit of an agent. */

import { withTarget } from './service.js';

export interface UnitChoices {
  /** The configuration folder. */
  readonly dir: string;
  /** Absolute paths: the unit has no PATH of a login. */
  readonly node: string;
  readonly program: string;
  /** Name → file of each credential. */
  readonly credentials: ReadonlyMap<string, string>;
  /** The group of VPP's socket. */
  readonly group: string;
  /** Runs as this user. Undefined: as one that systemd makes up for as long as the agent runs. */
  readonly user?: string;
  /** VPP's socket, where it is not at its usual place. */
  readonly socket?: string;
}

export const UNIT_NAME = 'vppmux.service';

/** Returns the unit as text. What it names must be free of line breaks. */
export function unitText(choices: UnitChoices): string {
  const { dir, node, program, credentials, group, user } = choices;
  const command = [node, program, 'run', '--config-dir', dir].map(word).join(' ');
  const load = [...credentials].map(([name, file]) => `LoadCredential=${name}:${percents(file)}\n`).join('');
  return `# Written by \`vppmux init\`. In effect after: systemctl daemon-reload && systemctl restart vppmux
[Unit]
Description=vppmux: the agent between your software and VPP
# Not Requires= or BindsTo=: the agent outlives restarts of VPP, and reconnects.
After=network.target vpp.service
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${command}
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory=${percents(dir)}
${user === undefined ? 'DynamicUser=yes' : `User=${user}`}
# The group of VPP's API socket: \`unix { gid ${group} }\` in VPP's startup.conf.
SupplementaryGroups=${group}
${load}Restart=always
RestartSec=2s
# The agent closes its plugins within stop-timeout of agent.yaml.
TimeoutStopSec=10s
# Definitions of messages that VPP hands out are kept there.
CacheDirectory=vppmux
Environment=XDG_CACHE_HOME=%C
# Wishes (desired-state.conf) are kept there.
StateDirectory=vppmux

NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=${needsHome(choices) ? 'read-only' : 'yes'}
PrivateTmp=${user !== undefined && needsTmp(choices) ? 'no' : 'yes'}
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
# Netlink: Node lists the addresses of the machine with it.
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077
# No MemoryDenyWriteExecute=: Node's compiler writes code and runs it.

[Install]
WantedBy=multi-user.target
`;
}

/** A word of a command line: \`%\` and \`$\` have a meaning there, spaces end it. */
function word(text: string): string {
  const escaped = percents(text).replaceAll('\\', '\\\\').replaceAll('$', '$$$$').replaceAll('"', '\\"');
  return /^[\w./:@%+,=-]+$/.test(text) ? escaped : `"${escaped}"`;
}

const percents = (text: string) => text.replaceAll('%', '%%');

/** The paths that the service must reach, and where they lead. */
const pathsOf = ({ dir, node, program, socket }: UnitChoices) =>
  [dir, node, program, ...(socket ? [socket] : [])].flatMap(withTarget);
const needsHome = (choices: UnitChoices) =>
  pathsOf(choices).some((path) => /^\/(home|root|run\/user)(\/|$)/.test(path));
/** DynamicUser= makes /tmp private, whatever the unit says. */
const needsTmp = (choices: UnitChoices) => pathsInTmp(choices).length > 0;

/** Paths that a user made up by systemd cannot see: DynamicUser= comes with a /tmp of its own. */
export const pathsInTmp = (choices: UnitChoices) => pathsOf(choices).filter((path) => /^\/(tmp|var\/tmp)\//.test(path));
