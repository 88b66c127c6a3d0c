/** Joins the routes of two wishes, which may be text of a route a line, or lists: of two routes to one prefix of a table the later counts. */

type Routes = string | readonly unknown[];

/** Text where both are text, so that hundreds of thousands stay quick to read; else a list. */
export function joinRoutes(before: unknown, later: unknown): unknown {
  if (!isRoutes(before) || !isRoutes(later)) return later;
  const taken = new Set(itemsOf(later).map(nameOf));
  const kept = itemsOf(before).filter((item) => !taken.has(nameOf(item)));
  const all = [...kept, ...itemsOf(later)];
  return typeof before === 'string' && typeof later === 'string' ? `${all.join('\n')}\n` : all;
}

const isRoutes = (value: unknown): value is Routes => typeof value === 'string' || Array.isArray(value);

/** Lines without empty ones and comments. */
function itemsOf(routes: Routes): readonly unknown[] {
  if (typeof routes !== 'string') return routes;
  return routes.split('\n').flatMap((line) => {
    const text = line.trim();
    return text === '' || text.startsWith('#') ? [] : [text];
  });
}

/** `10.0.0.0/8`, and `10.0.0.0/8 red` in a table. */
function nameOf(item: unknown): string {
  if (typeof item === 'string') {
    const [prefix, word, table] = item.trim().split(/\s+/, 3);
    return word === 'table' && table !== '0' ? `${prefix} ${table}` : prefix;
  }
  const { prefix, table } = (item ?? {}) as { readonly prefix?: unknown; readonly table?: unknown };
  return table === undefined || table === null || String(table) === '0' ? `${prefix}` : `${prefix} ${table}`;
}
