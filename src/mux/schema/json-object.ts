export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Word for word the same. Definitions are flat; what is nested deeper than they are is not compared. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > 3) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameJson(a[i], b[i], depth + 1)) return false;
    return true;
  }
  const [x, y] = [a as JsonObject, b as JsonObject];
  if (Array.isArray(b) || Object.keys(x).length !== Object.keys(y).length) return false;
  for (const key in x) if (!Object.hasOwn(y, key) || !sameJson(x[key], y[key], depth + 1)) return false;
  return true;
}
