/** Finds names in the rules that nothing has: mostly typing errors, and a rule that applies to nothing protects nothing. */

import { fits, isPattern } from '../../glob.js';
import type { Schema } from '../../mux/index.js';
import { closest } from '../../nearest.js';
import { placeOf } from '../../sdk/index.js';
import type { PolicyConfig } from './config.js';

const KEYWORDS: ReadonlySet<string> = new Set(['reads', 'writes']);

/** Messages that VPP's definitions lack, each as `file:line:column: …`. */
export function unknownMessages({ rules }: PolicyConfig, { model }: Schema): string[] {
  const known = [...model.messages.values()].filter(({ role }) => role === 'request' || role === 'event');
  const names = [...known.map(({ name }) => name), ...model.unusable.keys()];
  return rules.flatMap(({ messages = [] }) => {
    const strays = messages.filter((name) => !KEYWORDS.has(name));
    return unknown(messages, strays, names, 'request or event of VPP');
  });
}

/** Plugins that do not run, likewise. */
export function unknownPlugins({ rules }: PolicyConfig, running: readonly string[]): string[] {
  return rules.flatMap(({ plugins = [] }) => {
    const names = plugins.map((pattern) => pattern.split('/', 1)[0]);
    return unknown(plugins, names, running, 'plugin that runs');
  });
}

function unknown(at: object, wanted: readonly string[], names: readonly string[], what: string): string[] {
  return wanted
    .filter((pattern) => !names.some((name) => fits(pattern, name)))
    .map((pattern) => {
      const hint = isPattern(pattern) ? '' : closest(pattern, names).text;
      const message = `no ${what} is called ${pattern}${hint}; this part of the rule has no effect`;
      const place = placeOf(at);
      return place ? `${place.file}:${place.line}:${place.column}: ${message}` : message;
    });
}
