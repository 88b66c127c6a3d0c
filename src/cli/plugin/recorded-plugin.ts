/** A plugin whose every step is recorded: what the agent calls, how long it takes, and how it ends. */

import type { AnyInstance } from '../../agent/for-cli.js';
import type { Plugin, PluginArguments } from '../../agent/index.js';
import { type Implementation, implement, operation, z } from '../../sdk/index.js';
import { HOOKS, type Step, whereAndWhy } from './steps.js';

export interface RecordedPlugin {
  /** The plugin to run in the place of the recorded one. */
  readonly plugin: Plugin;
  /** Steps in the order in which they began. */
  readonly steps: readonly Step[];
  /** The instance of `create`, every hook of it recorded; undefined until then. */
  readonly instance: AnyInstance | undefined;
  /** The configuration that `create` was given. */
  readonly config: unknown;
  /** An operation of its own that does nothing, so that the plugin's `open` is called as it would be otherwise. */
  readonly idle: string;
}

/** `args` are handed to `create`. The agent does not run without it, even if the plugin is optional. */
export function recordSteps(plugin: Plugin, args: PluginArguments): RecordedPlugin {
  const steps: Step[] = [];
  const note = noteInto(steps, plugin.file);
  const idle = idleOperation(`${plugin.name}.do-nothing`);
  const seen: { instance?: AnyInstance; config?: unknown } = {};
  const create = (services: Readonly<Record<string, unknown>>, config: unknown): AnyInstance => {
    seen.config = config;
    const made = note({ hook: 'create' }, () => plugin.create(services, config, args));
    // The agent refuses a value that is no instance.
    if (typeof made !== 'object' || made === null || made instanceof Promise) return made;
    seen.instance = recordHooks(made, note, idle);
    return seen.instance;
  };
  return {
    plugin: { ...plugin, optional: false, create },
    steps,
    idle: idle.operation.name,
    get instance() {
      return seen.instance;
    },
    get config() {
      return seen.config;
    },
  };
}

function recordHooks(made: AnyInstance, note: Note, idle: Implementation): AnyInstance {
  const hooks = HOOKS.filter((hook) => typeof made[hook] === 'function').map((hook) => {
    const call = (...given: unknown[]) => {
      const event = hook === 'dataplane' ? 'state' : hook === 'redundancy' ? 'role' : undefined;
      const step = event === undefined ? { hook } : { hook, event: String(Reflect.get(Object(given[0]), event)) };
      return note(step, () => Reflect.apply(made[hook] as () => unknown, made, given));
    };
    return [hook, call];
  });
  const operations = Array.isArray(made.operations ?? []) ? [...(made.operations ?? []), idle] : made.operations;
  const { provide, contribute } = made;
  return { ...Object.fromEntries(hooks), provide, contribute, operations };
}

/** Runs a step; what it gives or throws comes out as it is. */
type Note = <T>(step: Step, run: () => T) => T;

function noteInto(steps: Step[], file: string | undefined): Note {
  return (step, run) => {
    steps.push(step);
    const began = performance.now();
    const end = () => {
      step.ms = performance.now() - began;
    };
    const fail = (error: unknown) => {
      end();
      step.failure = { text: whereAndWhy(error, file) };
    };
    try {
      const given = run();
      // Noted before anybody who waits for it goes on.
      if (given instanceof Promise) given.then(end, fail);
      else end();
      return given;
    } catch (error) {
      fail(error);
      throw error;
    }
  };
}

function idleOperation(name: string): Implementation {
  const nothing = z.object({});
  const definition = operation({ name, access: 'read', summary: 'Do nothing', input: nothing, output: nothing });
  return implement(definition, () => ({}));
}
