/** The door for wishes: what they need beyond the public door. Nothing here is promised to users. */

export { prefixIn, type RouteDetails, routePathsOf } from './fib-entry.js';
export { InterfaceTable } from './interface-table.js';
export { pathsText } from './path-text.js';
export { PATH_TYPES, type RoutePath } from './route.js';
export { readRouteLine, type TableNames } from './route-line.js';
