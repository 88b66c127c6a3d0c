/** The door for the command line: what it needs beyond the public door. Nothing here is promised to users. */

export { ObjectError } from './errors.js';
export { type Account, type Failure, pipelined } from './pipelined.js';
export { RouteRequests } from './route-requests.js';
