/** Services that know for whom they work. */

const make = Symbol.for('vppmux/per-plugin');

interface PerPlugin<T> {
  readonly [make]: (plugin: string, ended: AbortSignal) => T;
}

/**
 * Stands in `provide` for a service of which each plugin that requires it gets its own: `view` is called once for each,
 * with the plugin's name and a signal that is aborted when that plugin has ended: behind its `close`, or when its start fails. The
 * reason of the signal is the error (PLUGIN_ENDED) for whoever asks for more.
 */
export function perPlugin<T extends object>(view: (plugin: string, ended: AbortSignal) => T): T {
  const stand: PerPlugin<T> = { [make]: view };
  // Only the container ever sees it: it asks for the view before anybody uses the service.
  return stand as unknown as T;
}

/** What `plugin` gets of a service that was provided. */
export function serviceFor(plugin: string, ended: AbortSignal, provided: unknown): unknown {
  const isStand = typeof provided === 'object' && provided !== null && make in provided;
  return isStand ? (provided as PerPlugin<unknown>)[make](plugin, ended) : provided;
}
