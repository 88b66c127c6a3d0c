// biome-ignore-all lint/plugin: the field is a mark that an object has or lacks

/**
 * Keeps what a decoded union held, so that a change of one arm is told from what the other arms still say: all arms are views of
 * the same bytes, and changing one contradicts the rest.
 *
 * It is kept in a private field on the very object that is given to the user: nothing shows it, not even equality. A copy
 * of the object does not have it. Putting it there costs a nanosecond or four; a WeakMap costs thousands.
 */

/** The bytes, or the IPv6 text of an `address_union`, which says all of them. */
export type Origin = Uint8Array | string;

/** Its constructor gives back the object it is given, which the subclass then puts its field on. */
class Itself {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the only way to put a private field on an object literal
    return object;
  }
}

class WithOrigin extends Itself {
  #origin: Origin;

  constructor(object: object, origin: Origin) {
    super(object);
    this.#origin = origin;
  }

  static originOf(object: object): Origin | undefined {
    return #origin in object ? object.#origin : undefined;
  }
}

/** A decoded union, with what it held. */
export function decodedUnion<T extends object>(arms: T, origin: Origin): T {
  new WithOrigin(arms, origin);
  return arms;
}

interface AddressArms {
  ip4: string;
  ip6: string;
}

/**
 * The arms of an `address_union`, as a literal `{ ip4, ip6 }` would be. V8 keeps room in what a constructor makes for what
 * is added to it later: there the private field takes 8 bytes, and 40 beside a literal, which each route would pay.
 */
const AddressArms = function (this: AddressArms, ip4: string, ip6: string) {
  this.ip4 = ip4;
  this.ip6 = ip6;
} as unknown as new (
  ip4: string,
  ip6: string,
) => AddressArms;
AddressArms.prototype = Object.prototype;

/** The arms of an `address_union`, with what it held. */
export function decodedAddress(ip4: string, ip6: string): AddressArms {
  return decodedUnion(new AddressArms(ip4, ip6), ip6);
}

/** The bytes that a union held when it was decoded; undefined for an object that was not decoded. */
export function originOf(union: object): Origin | undefined {
  return WithOrigin.originOf(union);
}
