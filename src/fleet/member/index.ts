/** The agent's side of a fleet. */

export type { Answer, Carried, Mark, Order, WishCarrier } from './carrier.js';
export { Member, type MemberParts, type MemberStatus } from './member.js';
export type { Progress } from './progress.js';
