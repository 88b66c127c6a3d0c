/** Checks a route that was given as an object: whatever a line of text cannot be either is refused before anything is sent. */

import { ObjectError } from './errors.js';
import { addressOf, prefixOf } from './ip-text.js';
import { PATH_TYPES, RANGES, type Route, type RoutePath } from './route.js';

/** Throws INVALID with the path of the value. A program in JavaScript may give anything. */
export function checkRoute(route: Route): void {
  if (!isObject(route)) throw invalid('it is no route: give an object, or a line of text');
  const { prefix, table, paths = [] } = route;
  if (typeof prefix !== 'string' || prefixOf(prefix) === undefined) {
    throw invalid('it is no prefix, such as 192.0.2.0/24 or 2001:db8::/32', 'prefix');
  }
  checkNumber(table, 'table', 'table');
  if (!Array.isArray(paths) || paths.length > 255) throw invalid('its paths must be a list of at most 255', 'paths');
  for (const [i, path] of paths.entries()) checkPath(path, `paths[${i}]`);
}

function checkPath(path: RoutePath, at: string): void {
  if (!isObject(path)) throw invalid('it is no path: give an object', at);
  const { type, nextHop, interface: ref, table, weight, preference } = path;
  if (type !== undefined && !Object.hasOwn(PATH_TYPES, type)) {
    throw invalid(`its type must be one of ${Object.keys(PATH_TYPES).join(', ')}`, `${at}.type`);
  }
  if (nextHop !== undefined && (typeof nextHop !== 'string' || addressOf(nextHop) === undefined)) {
    throw invalid(`"${nextHop}" is no address, such as 192.0.2.1 or 2001:db8::1`, `${at}.nextHop`);
  }
  if (ref !== undefined && typeof ref !== 'string' && typeof ref !== 'number') {
    throw invalid('its interface must be a name or a sw_if_index', `${at}.interface`);
  }
  checkNumber(table, 'table', `${at}.table`);
  checkNumber(weight, 'weight', `${at}.weight`);
  checkNumber(preference, 'preference', `${at}.preference`);
}

function checkNumber(value: number | undefined, key: keyof typeof RANGES, path: string): void {
  const { min, max } = RANGES[key];
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw invalid(`its ${key} must be an integer from ${min} to ${max}`, path);
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (text: string, path?: string) =>
  new ObjectError('INVALID', 'route', text, path === undefined ? {} : { path });
