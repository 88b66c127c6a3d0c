/** The ways in which blocks of documents are tested. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { createAgent, createLog } from '../../src/agent/index.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { directoryWith } from '../agent/support.js';
import { run } from '../package/packed-file.js';
import type { Claim } from './document.js';
import { printed, shapeOf } from './shape.js';
import { commandsOf, dialogueOf, type Ending, type Endless } from './shell.js';
import type { World } from './world.js';

/** Replacements of paths and names of the reader's machine. */
type Replace = readonly (readonly [found: string | RegExp, by: string])[];

interface Where {
  /** `agent`: an agent as `npm start` runs it, with its embedded mock; `mock`: a mock alone; `nothing`: neither. With
   * a further word it is another one: `mock again`. All blocks of a document that name the same one share it. */
  readonly on: string;
  readonly replace?: Replace | ((world: World) => Replace);
  /** Why this cannot be done on this machine. */
  readonly unless?: string | false;
  /** The same, where that is no failure in CI either. */
  readonly excuse?: string;
  /** Files that the reader has in the current folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Prepares the world. `folder`: where programs run. */
  readonly before?: (world: World, folder: string) => unknown;
}

interface Commands extends Where {
  /** Commands that end with another exit code than 0, by a text in them. */
  readonly exits?: Readonly<Record<string, number>>;
  /** Commands that go on until Ctrl-C, by a text in them. */
  readonly endless?: Readonly<Record<string, Going>>;
  /** Actions right before a command, by a text in it. */
  readonly prior?: Readonly<Record<string, (world: World) => Promise<unknown>>>;
}

/** A command that goes on until Ctrl-C, which it gets once it has printed all that the block shows, or `until`. */
interface Going {
  readonly until?: string;
  /** Once it has printed this, `meanwhile` is done. */
  readonly ready?: string;
  readonly meanwhile?: (world: World) => Promise<unknown>;
  /** A text in commands of the block that are run in another terminal while this one goes on. */
  readonly beside?: string;
}

interface Step {
  readonly command: string;
  /** The output that a console block shows below it. */
  readonly shown?: string;
}

/** Commands of a sh or console block, one after the other. What a console block shows is compared in shape. */
export function commands(has: string, how: Commands): Claim {
  return {
    has,
    unless: how.unless,
    inShell: true,
    async run({ language, text }, reader) {
      const world = await enter(await reader.world(how.on), how);
      const script = inWorld(text, world, how);
      const steps: Step[] =
        language === 'console' ? dialogueOf(script) : commandsOf(script).map((command) => ({ command }));
      const beside = Object.values(how.endless ?? {}).flatMap((going) => going.beside ?? []);
      const isBeside = ({ command }: Step) => beside.some((word) => command.includes(word));
      expect(steps).not.toEqual([]);
      for (const [at, step] of steps.entries()) {
        if (isBeside(step)) continue;
        await named(how.prior, step.command)?.(world);
        const ending = await take(step, world, how, steps);
        // The line after it asks for the exit code.
        if (steps[at + 1]?.command !== 'echo $?') expectEnd(step.command, ending, how);
      }
    },
  };
}

const named = <T>(table: Readonly<Record<string, T>> = {}, command: string): T | undefined =>
  Object.entries(table).find(([word]) => command.includes(word))?.[1];

function expectEnd(command: string, { code, output }: Ending, { exits }: Commands): void {
  expect(code, `exit code of\n$ ${command}\n${output}`).toBe(named(exits, command) ?? 0);
}

async function take({ command, shown }: Step, world: World, how: Commands, all: readonly Step[]): Promise<Ending> {
  const shape = shown === undefined ? undefined : shapeOf(shown);
  const going = named(how.endless, command);
  const { until, ready, beside } = going ?? {};
  const inOtherTerminal = async (output: string) => {
    await going?.meanwhile?.(world);
    const [, agent] = /listening at http:\/\/([\w.:]+)/.exec(output) ?? [];
    for (const other of all.filter((step) => beside !== undefined && step.command.includes(beside))) {
      expectEnd(other.command, await world.shell.another().run(toAgent(other.command, agent)), how);
    }
  };
  const endless: Endless | undefined = going && {
    seen: (output) => (until === undefined ? shape?.test(printed(output)) === true : output.includes(until)),
    ready: beside === undefined ? ready : until,
    meanwhile: inOtherTerminal,
  };
  const ending = await world.shell.run(toAgent(command, world.agent), endless);
  const { output } = ending;
  if (shape && !shape.test(printed(output))) expect(output, `what the document shows for\n$ ${command}`).toBe(shown);
  return ending;
}

/** The agent's port is a free one here. */
const toAgent = (command: string, agent: string | undefined) =>
  agent === undefined
    ? command
    : command.replaceAll(
        /\bvppmux (op|trace|status|clients|apply|confirm|wish|drift|rollback|history)\b/g,
        `vppmux $1 --agent ${agent}`,
      );

interface Program extends Where {
  /** The name of the file; `.js` and `.mjs` for what is not TypeScript. */
  readonly name: string;
  /** The number of runs, one after the other. */
  readonly times?: number;
  /** Arguments before the file: `--test`. */
  readonly node?: readonly string[];
  readonly prints?: RegExp;
  /** TypeScript that it imports, by file name. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** A ts or js block that is a whole program: compiled, and run to its end, which must be a good one. */
export function program(has: string, how: Program): Claim {
  const isScript = how.name.endsWith('js');
  const modules = Object.entries(how.modules ?? {}).map(([name, text]) => ({ name, text }));
  // It is compiled before there is a world.
  const own = typeof how.replace === 'function' ? [] : (how.replace ?? []);
  return {
    has,
    sources: ({ text }) => (isScript ? modules : [...modules, { name: how.name, text: replaced(text, own) }]),
    async run({ text }, reader) {
      const { typescript } = reader;
      const world = await enter(await reader.world(how.on), how, typescript.folder);
      if (isScript) writeFileSync(join(typescript.folder, how.name), text);
      for (const { name } of [...modules, { name: how.name }]) expect(await typescript.complaints(name)).toBe('');
      const file = isScript ? how.name : `dist/${how.name.replace(/ts$/, 'js')}`;
      for (let time = 1; time <= (how.times ?? 1); time++) {
        const env = { ...world.env, XDG_CACHE_HOME: join(world.folder, 'cache') };
        const ended = await run(process.execPath, [...(how.node ?? []), file], typescript.folder, env);
        expect({ time, ...ended }).toEqual({
          time,
          code: 0,
          stderr: '',
          stdout: expect.stringMatching(how.prints ?? /^/),
        });
      }
    },
  };
}

/** A piece of a program: it compiles with what stands in `before` and `after` (imports, declarations). */
export function compiles(
  has: string,
  { before = '', after = '', replace = [] }: { before?: string; after?: string; replace?: Replace } = {},
): Claim {
  const name = `piece-${pieces++}.ts`;
  return {
    has,
    sources: ({ text }) => [{ name, text: `${before}\n${replaced(text, replace)}\n${after}\nexport {};\n` }],
    async run(_block, reader) {
      expect(await reader.typescript.complaints(name)).toBe('');
    },
  };
}
let pieces = 0;

/** A configuration file: the agent reads it, next to `files`, and has nothing to say against it. */
export function settings(
  has: string,
  { file, files = {}, replace = [] }: { file: string; files?: Record<string, string>; replace?: Replace },
): Claim {
  return {
    has,
    async run({ text }) {
      const said: string[] = [];
      const log = createLog({
        level: 'warn',
        pretty: false,
        stream: { write: (line) => said.push(JSON.parse(line).msg) },
      });
      const configDir = directoryWith({ ...files, [file]: replaced(text, replace) });
      await createAgent({ builtIns, configDir, log, env: {} });
      expect(said).toEqual([]);
    },
  };
}

/** Something that is printed or sent: it has the shape of what `actual` gives. */
export function shown(has: string, how: Where & { readonly actual: (world: World) => Promise<string> }): Claim {
  const check = async (text: string, world: World) => {
    const actual = await how.actual(world);
    if (!shapeOf(text).test(printed(actual))) expect(actual).toBe(text);
  };
  return checked(has, { ...how, check });
}

/** A block that something else is done with. */
export function checked(
  has: string,
  how: Where & { readonly check: (text: string, world: World) => Promise<void> },
): Claim {
  return {
    has,
    unless: how.unless,
    excuse: how.excuse,
    inShell: true,
    async run({ text }, reader) {
      const world = await enter(await reader.world(how.on), how);
      await how.check(inWorld(text, world, how), world);
    },
  };
}

async function enter(world: World, { files = {}, before }: Where, folder = world.folder): Promise<World> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await before?.(world, folder);
  return world;
}

/** The block as a reader would type it in this world. */
function inWorld(text: string, world: World, { replace = [] }: Where): string {
  const here = text.replaceAll('/tmp/', `${world.folder}/`).replaceAll(`${world.folder}/vpp.sock`, world.socket);
  const own = replaced(here, typeof replace === 'function' ? replace(world) : replace);
  return world.agent === undefined ? own : own.replaceAll(/\b(localhost|127\.0\.0\.1):9191\b/g, world.agent);
}

function replaced(text: string, replace: Replace): string {
  return replace.reduce((sofar, [found, by]) => sofar.replaceAll(found as string, by), text);
}
