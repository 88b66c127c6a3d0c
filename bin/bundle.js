/**
 * Commands that only talk to a VPP or an agent, as one file (`dist/cli/vppmux.cjs`, made by `scripts/cli.mjs`), with V8's compiled code of it kept in
 * the user's cache folder: they start in a third of the time. Only files of the user's own that nobody else may write are taken.
 */

/** A module of Node; not imported, because that would make objects of all that it exports. Node 21 and 22.0 to 22.2 lack `getBuiltinModule`. */
export const builtin = process.getBuiltinModule ?? (await import('node:module')).createRequire(import.meta.url);

const {
  closeSync,
  constants: { O_NOFOLLOW, O_NONBLOCK, O_RDONLY },
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = builtin('node:fs');
const { dirname, isAbsolute, join } = builtin('node:path');
const { constants, Script } = builtin('node:vm');

/** Those of `src/cli/quick-commands.ts`. */
const COMMANDS =
  'call cli dump load watch ping describe compat generate apply confirm rollback wish drift history clients stats status top trace op repl completion'.split(
    ' ',
  );

/** Mode bits that a trusted file must not have. */
const WRITABLE_BY_OTHERS = 0o022;

/** The hash with which `scripts/cli.mjs` begins the bundle. */
const BUILD = /^\/\* ([0-9a-f]{64}) \*\//;

/** A file of compiled code, and the command that it is for. */
const CODE_FILE = /^([a-z]+)-v\d[\w.+-]*\.bin$/;

/** Files of compiled code that are left of a command: two builds, or two releases of Node, may be used by turns. */
const KEPT = 2;

const DIGEST_BYTES = 32;

export const bundled = (command) => COMMANDS.includes(command);

/** The exports of the bundle; undefined when there is no bundle. */
export function loadBundle(folder, command) {
  const file = join(folder, 'dist', 'cli', 'vppmux.cjs');
  const source = readBundle(file);
  if (source === undefined) return undefined;
  const build = BUILD.exec(source)?.[1];
  const kept = build && codeFile(build, command);
  const cachedData = kept && readCode(kept, build);
  const script = new Script(source, {
    filename: file,
    cachedData,
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (kept && (cachedData === undefined || script.cachedDataRejected)) {
    // At the end, when what the command needs has been compiled.
    process.once('exit', (code) => code === 0 && keep(kept, build, command, script));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFrom(file), module, file, dirname(file));
  return module.exports;
}

/** The bundle is ASCII: as Latin-1, V8 has it in one byte a character. */
function readBundle(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** `require` of a module; the program's own parts are all inside, so that mostly Node's are asked for. */
function requireFrom(file) {
  return (name) => (name.startsWith('node:') ? builtin(name) : builtin('node:module').createRequire(file)(name));
}

/** The file of the compiled code: another for each build, release of Node and command. Undefined where none is to be kept. */
function codeFile(build, command) {
  const { HOME, XDG_CACHE_HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
  const caches = [XDG_CACHE_HOME, HOME && join(HOME, '.cache')].find((path) => path && isAbsolute(path));
  if (NODE_DISABLE_COMPILE_CACHE || !caches) return undefined;
  return join(caches, 'vppmux', 'code', `${command}-${process.version}-${process.arch}-${build.slice(0, 16)}.bin`);
}

/** V8 checks neither the content of compiled code nor, but for its length, the source that it was made of: a digest of both is in front of it. */
function readCode(file, build) {
  try {
    if (!folders(file).every((folder) => isOwn(lstatSync(folder)))) return undefined;
    const fd = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile() || !isOwn(stat)) return undefined;
      const bytes = readFileSync(fd);
      const code = bytes.subarray(DIGEST_BYTES);
      return digest(build, code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

const digest = (build, code) => builtin('node:crypto').createHash('sha256').update(build).update(code).digest();

/** vppmux's own folders on the way to a file. */
const folders = (file) => [dirname(dirname(file)), dirname(file)];

/** Whether the user owns it, nobody else may write to it, and it is no link. */
const isOwn = (stat) =>
  !stat.isSymbolicLink() && stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & WRITABLE_BY_OTHERS) === 0;

/** Keeps the code, then removes that of earlier builds. Without a cache folder of the user's own nothing is kept. Throws nothing. */
function keep(file, build, command, script) {
  const part = `${file}.${process.pid}.part`;
  try {
    for (const folder of folders(file)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!isOwn(lstatSync(folder))) return;
    }
    const code = script.createCachedData();
    try {
      writeFileSync(part, Buffer.concat([digest(build, code), code]), { mode: 0o600, flag: 'wx' });
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
    removeOld(dirname(file), command);
  } catch {
    // The command has done its work: that its code is not kept makes the next one slower, no more.
  }
}

function removeOld(folder, command) {
  const files = readdirSync(folder)
    .filter((name) => CODE_FILE.exec(name)?.[1] === command)
    .map((name) => ({ path: join(folder, name), time: lstatSync(join(folder, name)).mtimeMs }));
  for (const { path } of files.sort((a, b) => b.time - a.time).slice(KEPT)) rmSync(path, { force: true });
}
