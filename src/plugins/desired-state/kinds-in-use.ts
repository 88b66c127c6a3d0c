/** The kinds of objects that wishes can speak of: those of vppmux, and those that plugins contribute, whose faults stay their own. */

import { type Contributions, reasonOf } from '../../sdk/index.js';
import { builtInKinds, type Kind } from '../../wish/index.js';

export class KindsInUse {
  private made: { readonly from: Contributions<Kind>['list']; readonly kinds: readonly Kind[] } | undefined;
  /** Kinds that have thrown while a wish or VPP was looked at, with the reason: nothing of theirs is deleted. */
  private readonly faults = new Map<string, string>();

  constructor(
    private readonly contributed: Contributions<Kind>,
    private readonly warn: (text: string) => void,
    private readonly own: readonly Kind[] = builtInKinds,
  ) {}

  get list(): readonly Kind[] {
    const from = this.contributed.list;
    if (this.made?.from !== from) this.made = { from, kinds: this.joined(from) };
    return this.made.kinds;
  }

  isFaulty({ name }: Pick<Kind, 'name'>): boolean {
    return this.faults.has(name);
  }

  /** Reasons by name of the kind. */
  get faulty(): ReadonlyMap<string, string> {
    return this.faults;
  }

  /** Forgets faults: a kind that works again is no longer left alone. */
  clearFaults(): void {
    this.faults.clear();
  }

  private joined(from: Contributions<Kind>['list']): readonly Kind[] {
    const kinds = [...this.own];
    for (const { plugin, value: kind } of from) {
      const isTaken = kinds.some(({ name, section }) => {
        return name === kind?.name || (section !== undefined && section.key === kind?.section?.key);
      });
      if (isTaken || typeof kind?.wanted !== 'function') {
        const why = isTaken ? 'its name or its section is taken' : 'it is not what defineKind gives';
        this.warn(`the kind "${kind?.name}" of the plugin ${plugin} is skipped: ${why}`);
      } else kinds.push(sheltered(kind, (reason) => this.failed(kind, plugin, reason)));
    }
    return kinds;
  }

  private failed({ name }: Kind, plugin: string, reason: string): void {
    if (!this.faults.has(name)) this.warn(`the kind "${name}" of the plugin ${plugin} has failed: ${reason}`);
    this.faults.set(name, reason);
  }
}

/** A kind whose functions do not throw where that would end more than an operation of its own. */
function sheltered(kind: Kind, failed: (reason: string) => void): Kind {
  const attempt = <T>(otherwise: T, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      failed(reasonOf(error));
      return otherwise;
    }
  };
  return {
    ...kind,
    check: (wish) => attempt([], () => [...(kind.check?.(wish) ?? [])]),
    wanted: (wish) => attempt([], () => [...kind.wanted(wish)]),
    needs: (object) => attempt([`the kind ${kind.name} without its fault`], () => kind.needs(object)),
    same: kind.same && ((wanted, found) => attempt(true, () => kind.same?.(wanted, found) ?? true)),
    obstacle:
      kind.obstacle && ((found, wanted) => attempt('its kind has failed', () => kind.obstacle?.(found, wanted))),
    isEarly: kind.isEarly && ((found, wanted) => attempt(false, () => kind.isEarly?.(found, wanted) ?? false)),
    precedes: kind.precedes && ((before, after) => attempt([], () => kind.precedes?.(before, after) ?? [])),
    resets: kind.resets && ((before, after) => attempt([], () => kind.resets?.(before, after) ?? [])),
    cli: kind.cli && ((before, after) => attempt([], () => kind.cli?.(before, after) ?? [])),
    describe: kind.describe && ((found, draft) => attempt(undefined, () => kind.describe?.(found, draft))),
  };
}
