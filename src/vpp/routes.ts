/** Reads and changes routes: `routes` of the door. */

export { list } from './fib-entries.js';
export { add, remove } from './route-changes.js';
export { lookup } from './route-lookup.js';
