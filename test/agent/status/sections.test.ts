import { expect, it } from 'vitest';
import { sectionsOf } from '../../../src/agent/status/sections.js';

it('sections: of plugins at main or at no dataplane at the top, of the others below the names of their dataplanes', () => {
  const sections = sectionsOf([
    { dataplane: undefined, details: { vpp: 1, dataplanes: { edge: { vpp: 2 } } } },
    { dataplane: 'main', details: { sockets: 3 } },
    { dataplane: 'edge', details: { sockets: 4 } },
    { dataplane: 'core', details: { sockets: 5 } },
    { dataplane: 'far', details: {} },
  ]);
  expect(sections).toEqual({
    ...{ vpp: 1, sockets: 3 },
    dataplanes: { edge: { vpp: 2, sockets: 4 }, core: { sockets: 5 }, far: {} },
  });
});

it('with one dataplane: there is nothing below names', () => {
  expect(sectionsOf([{ dataplane: undefined, details: { vpp: 1 } }])).toEqual({ vpp: 1 });
});
