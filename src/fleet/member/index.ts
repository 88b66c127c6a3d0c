/** The agent's side of a fleet. */

export type { Answer, Carried, Mark, Order, WishCarrier } from './carrier.js';
export { Member, type MemberPace, type MemberParts, type MemberStatus } from './member.js';
export type { Progress } from './progress.js';
export type { RivalSeen } from './rival.js';
export type { StoreWayState } from './store-way.js';
