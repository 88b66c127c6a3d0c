/** Values that each reading message is tried with: all defaults, and each of its numbers 0, 1 and ~0, alone and together. */

const SIZES = { u8: 0xff, u16: 0xffff, u32: 0xffffffff, i32: -1 };
const HEADER = new Set(['_vl_msg_id', 'client_index', 'context']);

/** Trials of the `definitions` that `isWanted`, each with every set of values to try. */
export function trialsOf(definitions, isWanted) {
  return definitions.filter(isWanted).flatMap((def) => valuesOf(def).map((values) => ({ def, values })));
}

function valuesOf(def) {
  const numbers = def.fields.filter(({ name, array }) => !array && !HEADER.has(name)).flatMap(numberOf);
  const sets = [{}];
  for (const pick of [() => 0, () => 1, ({ all }) => all]) {
    const together = Object.fromEntries(numbers.map((number) => [number.name, pick(number)]));
    sets.push(together, ...numbers.map((number) => ({ [number.name]: pick(number) })));
  }
  return [...new Map(sets.map((set) => [JSON.stringify(set), set])).values()];
}

function numberOf({ name, type }) {
  let plain = type;
  while (plain.kind === 'alias' && plain.length === undefined) plain = plain.target;
  const all = SIZES[plain.kind === 'scalar' ? plain.name : ''];
  return all === undefined ? [] : [{ name, all }];
}
