/** The mock's numbers of refusals against the names that the mux has for them. */
import { expect, it } from 'vitest';
import { Retval } from '../../mock-vpp/index.js';
import { retvalName } from '../../src/mux/index.js';

it('every number: has the name that clients show for it', () => {
  const { OK, ...refusals } = Retval;
  expect(OK).toBe(0);
  for (const [name, number] of Object.entries(refusals)) expect(retvalName(number)).toBe(name);
});
