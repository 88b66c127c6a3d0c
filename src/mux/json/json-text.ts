/** JSON values in one line for people, where no definition says what they are: `retval=0 paths=[{weight=1}]`. */

/** `name=value` of each member, a space between them. */
export function membersText(struct: object): string {
  return Object.entries(struct)
    .map(([name, value]) => `${name}=${jsonText(value)}`)
    .join(' ');
}

/** Lists in [], structs in {}; a string in quotes only where it is empty or has spaces. */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null) return `{${membersText(value)}}`;
  return typeof value === 'string' && (value === '' || /\s/.test(value)) ? JSON.stringify(value) : String(value);
}
