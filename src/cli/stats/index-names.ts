/** Names for the indices of counters: of interfaces in those of `/if`, of nodes in those of `/sys/node`. */
import type { Stats } from '../../stats/index.js';

const VECTORS = { '/if/': '/if/names', '/sys/node/': '/sys/node/names' } as const;

export class IndexNames {
  private constructor(private readonly known: ReadonlyMap<string, readonly (string | undefined)[]>) {}

  static async read(stats: Stats): Promise<IndexNames> {
    const { entries } = await stats.dump(['^/if/names$', '^/sys/node/names$']);
    const names = entries.flatMap((entry) => (entry.type === 'names' ? [[entry.name, entry.names] as const] : []));
    return new IndexNames(new Map(names));
  }

  /** Undefined where nothing has names for it. */
  of(entry: string, index: number): string | undefined {
    const prefix = Object.keys(VECTORS).find((each) => entry.startsWith(each)) as keyof typeof VECTORS | undefined;
    return prefix && this.known.get(VECTORS[prefix])?.[index];
  }
}
