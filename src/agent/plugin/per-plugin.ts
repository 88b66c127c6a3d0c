/** Services of which each plugin gets its own view. */

const make = Symbol.for('vppmux/per-plugin');

interface PerPlugin<T> {
  readonly [make]: (plugin: string, ended: AbortSignal) => T;
}

/**
 * Stands in `provide` for a service of which each plugin gets its own view. `view` is called once for each plugin that
 * requires it, with the plugin's name and a signal that is aborted after the plugin's `close`, or when its start fails. The
 * reason of the signal is the error (PLUGIN_ENDED) for later calls.
 */
export function perPlugin<T extends object>(view: (plugin: string, ended: AbortSignal) => T): T {
  const stand: PerPlugin<T> = { [make]: view };
  // Only the container sees it, which asks for the view before the service is used.
  return stand as unknown as T;
}

/** The service as `plugin` gets it: its own view, or the one that was provided. */
export function serviceFor(plugin: string, ended: AbortSignal, provided: unknown): unknown {
  const isStand = typeof provided === 'object' && provided !== null && make in provided;
  return isStand ? (provided as PerPlugin<unknown>)[make](plugin, ended) : provided;
}
