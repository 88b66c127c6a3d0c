import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { Admissions, type Admitted } from '../../../src/plugins/http/admissions.js';

const JOE: Admitted = { name: 'loopback', access: 'write' };

/** Requests by name, and the ones that were withdrawn. */
function scene() {
  const admissions = new Admissions();
  const withdrawn: string[] = [];
  const add = (name: string) => admissions.add({ url: name } as IncomingMessage, JOE, () => void withdrawn.push(name));
  return { admissions, withdrawn, add };
}

it('the same name and access: stays', () => {
  const { admissions, withdrawn, add } = scene();
  add('a');
  admissions.recheck(() => ({ ...JOE }));
  expect(withdrawn).toEqual([]);
});

it.each<[string, () => Admitted]>([
  ['not let in', () => expect.fail('no token')],
  ['less access', () => ({ ...JOE, access: 'read' })],
  ['another name', () => ({ ...JOE, name: 'write-token' })],
])('%s: is withdrawn, once', (_, admit) => {
  const { admissions, withdrawn, add } = scene();
  add('a');
  admissions.recheck(admit);
  admissions.recheck(admit);
  expect(withdrawn).toEqual(['a']);
  expect(admissions.size).toBe(0);
});

it('served, also by what another one does: is not withdrawn any more', () => {
  const { admissions, withdrawn, add } = scene();
  add('a')();
  const removals: (() => void)[] = [];
  admissions.add({} as IncomingMessage, JOE, () => removals.map((remove) => remove()));
  removals.push(add('b'));
  admissions.recheck(() => expect.fail());
  expect(withdrawn).toEqual([]);
});
