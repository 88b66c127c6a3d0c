/** One line for all objects that are held up by the same thing: a missing card holds up everything that hangs on it. */

/** Objects that are named. */
const NAMED = 6;

/** Groups, in the order of their first objects. */
export function byReason<T>(all: readonly T[], reasonOf: (one: T) => string): [reason: string, group: T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const reason = reasonOf(one);
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [one]);
    else group.push(one);
  }
  return [...groups];
}

/** `! 4 objects`, and `need interface/eth0, which is not there: mtu/eth0, …`; of one object its key and its reason. */
export function heldUp(mark: string, reason: string, group: readonly { readonly key: string }[]): [string, string] {
  const keys = group.map(({ key }) => key);
  if (keys.length === 1) return [`${mark} ${keys[0]}`, reason];
  const more = keys.length > NAMED ? `, and ${keys.length - NAMED} more` : '';
  const text = reason.replace(NEEDS, '$1need ');
  return [`${mark} ${keys.length} objects`, `${text}: ${keys.slice(0, NAMED).join(', ')}${more}`];
}

const NEEDS = /^((?:pending: )?)needs /;
