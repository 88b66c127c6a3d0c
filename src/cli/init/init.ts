/** `vppmux init`: a configuration folder that is ready for a service. Nothing that is there is replaced. */

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isInGitTree } from '../../agent/config/git-tree.js';
import { DEFAULT_SOCKET } from '../../mux/options.js';
import { httpConfig } from '../../plugins/http/config.js';
import type { Host } from '../host.js';
import { UsageError } from '../usage-error.js';
import { configFiles, TOKEN_KEYS } from './config-files.js';
import { nextSteps, quoted } from './next-steps.js';
import { closedPart, commandFor, groupIsThere, groupOf, programFile } from './service.js';
import { pathsInTmp, UNIT_NAME, type UnitChoices, unitText } from './unit.js';
import { makeFolder, type NewFile, refuseForeign, writeNew } from './write-new.js';

export interface InitFlags {
  readonly endpoint?: string;
  readonly socket?: string;
  readonly user?: string;
  readonly group?: string;
  readonly tokens: boolean;
}

/** Throws UsageError. */
export async function init(host: Host, folder: string, flags: InitFlags): Promise<void> {
  const dir = resolve(folder);
  refuseBadValues(dir, flags);
  const secrets = join(dir, 'secrets');
  refuseForeign(dir);
  refuseForeign(secrets);

  const { PATH } = host.io.env;
  const node = commandFor('node', process.execPath, PATH) ?? process.execPath;
  const program = programFile();
  const group = flags.group ?? groupOf(flags.socket ?? DEFAULT_SOCKET);
  const credentials = new Map(flags.tokens ? TOKEN_KEYS.map((key) => [key, join(secrets, key)]) : []);
  const choices = { dir, node, program, credentials, group, user: flags.user, socket: flags.socket };

  makeFolder(dir, 0o755);
  if (flags.tokens) makeFolder(secrets, 0o700);
  const files: NewFile[] = [
    ...[...configFiles(flags)].map(([name, text]) => ({ path: join(dir, name), text, mode: 0o644 })),
    // Before the tokens: a commit in between would take them along.
    ...(flags.tokens && isInGitTree(dir) ? [{ path: join(secrets, '.gitignore'), text: '*\n', mode: 0o644 }] : []),
    ...[...credentials.values()].map((path) => ({ path, text: `${randomBytes(32).toString('hex')}\n`, mode: 0o600 })),
    { path: join(dir, UNIT_NAME), text: unitText(choices), mode: 0o644 },
  ];
  const kept = files.filter((file) => !writeNew(file)).map(({ path }) => path);
  for (const { path } of files.filter((file) => !kept.includes(file.path))) await host.out.line(`# wrote ${path}`);
  const vppmux = commandFor('vppmux', program, PATH) === undefined ? `${quoted(node)} ${quoted(program)}` : 'vppmux';
  if (kept.length > 0) {
    host.note(`kept what was there: ${kept.join(', ')}`);
    host.note(`to see what a new one would be: ${vppmux} init NEW && diff -ru ${quoted(dir)} NEW`);
  }
  noteUnreachable(host, choices);
  const steps = {
    dir,
    vppmux,
    group,
    groupIsThere: groupIsThere(group),
    tokens: flags.tokens,
    endpoint: flags.endpoint,
  };
  for (const line of nextSteps(steps)) await host.out.line(line);
}

/** What would not fit into a line of the unit or of a configuration file, or not start the agent. */
function refuseBadValues(dir: string, { endpoint, socket, user, group }: InitFlags): void {
  if (/\p{Cc}/u.test(dir)) throw new UsageError('the path of the folder has control characters in it');
  if (existsSync(join(dir, '.git'))) {
    throw new UsageError(`${dir} is a git clone: keep tokens out of it; name another folder, as /etc/vppmux`);
  }
  if (socket !== undefined && !/^\/\P{Cc}+$/u.test(socket)) {
    throw new UsageError(`--socket ${socket}: it must be an absolute path, since a service has a directory of its own`);
  }
  const parsed = httpConfig.safeParse(endpoint === undefined ? {} : { endpoint });
  if (!parsed.success) throw new UsageError(`--endpoint ${endpoint}: ${parsed.error.issues[0].message}`);
  for (const [flag, name] of Object.entries({ user, group })) {
    // What useradd and systemd allow.
    if (name !== undefined && !/^(\d+|[a-z_][a-z0-9_-]{0,30}\$?)$/i.test(name)) {
      throw new UsageError(`--${flag} ${name}: it is no name of a ${flag}`);
    }
  }
}

/** The agent of a service runs as somebody else than who installs it. */
function noteUnreachable(host: Host, choices: UnitChoices): void {
  const { dir, node, program, user } = choices;
  const who = user === undefined ? 'the user that systemd makes up' : `user ${user}`;
  for (const path of new Set([dir, node, program].flatMap((file) => closedPart(file) ?? []))) {
    host.note(
      `${path} is closed to other users: ${who} may not get past it; install vppmux and Node where all may read`,
    );
  }
  if (user !== undefined) return;
  for (const path of pathsInTmp(choices)) {
    host.note(`${who} has a /tmp of its own, and cannot see ${path}; choose another place, or --user`);
  }
}
