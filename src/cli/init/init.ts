/** `vppmux init`: a configuration folder that is ready for a service. Nothing that is there is replaced. */

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isInGitTree } from '../../agent/for-cli.js';
import { DEFAULT_SOCKET } from '../../mux/for-cli.js';
import { httpConfig } from '../../plugins/for-cli.js';
import { UsageError } from '../errors.js';
import { replaceablePart } from '../files/replaceable.js';
import type { Host } from '../host.js';
import { configFiles, TOKEN_KEYS } from './config-files.js';
import { nextSteps, quoted } from './next-steps.js';
import { closedPart, commandFor, groupIsThere, groupOf, isAccountName, programFile, withTarget } from './service.js';
import { pathsInTmp, UNIT_NAME, type UnitChoices, unitText } from './unit.js';
import { makeFolder, type NewFile, writeNew } from './write-new.js';

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
  makeFolder(dir, 0o755);
  if (flags.tokens) makeFolder(secrets, 0o700);

  const { PATH } = host.io.env;
  const node = commandFor('node', process.execPath, PATH) ?? process.execPath;
  const program = programFile();
  const group = flags.group ?? groupOf(flags.socket ?? DEFAULT_SOCKET);
  const credentials = new Map(flags.tokens ? TOKEN_KEYS.map((key) => [key, join(secrets, key)]) : []);
  const choices = { dir, node, program, credentials, group, user: flags.user, socket: flags.socket };

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
    noteIgnored(host, flags, new Set(kept.map((path) => basename(path))));
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

/** Refuses what would not fit into a line of the unit or of a configuration file, or not start the agent. */
function refuseBadValues(dir: string, { endpoint, socket, user, group }: InitFlags): void {
  if (/\p{Cc}/u.test(dir)) throw new UsageError('the path of the folder has control characters in it');
  // At the end of a line of the unit they are cut off, or take the next line along.
  if (/[\\\s]$/.test(dir)) throw new UsageError('the path of the folder ends with a space or a backslash');
  if (existsSync(join(dir, '.git'))) {
    throw new UsageError(`${dir} is a git clone: keep tokens out of it; name another folder, as /etc/vppmux`);
  }
  if (socket !== undefined && !/^\/\P{Cc}+$/u.test(socket)) {
    throw new UsageError(`--socket ${socket}: it must be an absolute path, since a service has a directory of its own`);
  }
  const parsed = httpConfig.safeParse(endpoint === undefined ? {} : { endpoint });
  if (!parsed.success) throw new UsageError(`--endpoint ${endpoint}: ${parsed.error.issues[0].message}`);
  for (const [flag, name] of Object.entries({ user, group })) {
    if (name !== undefined && !isAccountName(name)) {
      throw new UsageError(`--${flag} ${name}: it is no name of a ${flag}`);
    }
  }
}

/** The file that each option is written to. */
const FILE_OF = { endpoint: 'http.conf', socket: 'govpp.conf', user: UNIT_NAME, group: UNIT_NAME } as const;

/** A file that is kept has its old content, not the options of this call. */
function noteIgnored(host: Host, flags: InitFlags, kept: ReadonlySet<string>): void {
  for (const [flag, file] of Object.entries(FILE_OF)) {
    const value = flags[flag as keyof typeof FILE_OF];
    if (value !== undefined && kept.has(file))
      host.note(`--${flag} ${value} has no effect: ${file} is kept; change it there`);
  }
}

/** The agent of a service runs as another user than the one who installs it. */
function noteUnreachable(host: Host, choices: UnitChoices): void {
  const { dir, node, program, user } = choices;
  const who = user === undefined ? 'the user that systemd makes up' : `user ${user}`;
  const files = [dir, node, program].flatMap(withTarget);
  for (const path of new Set(files.flatMap((file) => closedPart(file) ?? []))) {
    host.note(
      `${path} is closed to other users: ${who} may not get past it; install vppmux and Node where all may read`,
    );
  }
  for (const path of new Set([dir, node, program].flatMap((file) => replaceablePart(file) ?? []))) {
    host.note(
      `users other than you and root can put something else in the place of ${path}, which the service would use`,
    );
  }
  if (/\/_npx\//.test(program)) {
    host.note(`${program} is in the cache of npx, which npm may empty; npm install -g vppmux, and vppmux init again`);
  }
  if (user !== undefined) return;
  for (const path of pathsInTmp(choices)) {
    host.note(`${who} has a /tmp of its own, and cannot see ${path}; choose another place, or --user`);
  }
}
