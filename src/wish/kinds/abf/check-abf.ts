/** Mistakes of `x-vppmux.abf` that its form cannot tell. */

import { closest } from '../../../nearest.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { ABF, wishedPolicies } from './abf-section.js';

export function* checkAbf(wish: Wish): Generator<Problem> {
  const acls = Object.keys(wish.file.acls ?? {});
  const holders = new Map<number, string>();
  const uses = new Map<string, string>();
  for (const { id, name, acl, paths, attachments } of wishedPolicies(wish)) {
    const path = [OWN_KEY, ABF, name];
    const holder = holders.get(id);
    if (Number.isNaN(id)) yield { path, message: `abf policy ${name} needs an id, or a number for its name` };
    else if (holder !== undefined) yield { path, message: `abf policy ${name} has the id ${id}, as ${holder} has` };
    holders.set(id, name);
    if (!acls.includes(acl)) {
      const message = `abf policy ${name}: there is no ACL ${acl}${closest(acl, acls).text}`;
      yield { path: [...path, 'acl'], message };
    }
    if (typeof paths === 'string') yield { path: [...path, 'paths'], message: `abf policy ${name}: ${paths}` };
    else {
      const interfaces = paths.flatMap(({ interface: itf }) => (itf === undefined ? [] : [String(itf)]));
      yield* unknownInterfaces(
        wish,
        [...new Set(interfaces)].map((itf) => [itf, [ABF, name, 'paths']] as const),
      );
    }
    yield* unknownInterfaces(
      wish,
      attachments.map(({ interface: itf }) => [itf, [ABF, name, 'interfaces', itf]] as const),
    );
    for (const { interface: itf, family } of attachments) {
      // VPP takes the second one, and then matches neither as it should.
      const use = `ACL ${acl} at interface ${itf} for ${family}`;
      const other = uses.get(use);
      const message = `abf policy ${name} has ${use}, as ${other} has`;
      if (other !== undefined) yield { path: [...path, 'interfaces', itf], message };
      uses.set(use, name);
    }
  }
}
