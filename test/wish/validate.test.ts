/** Verdicts on wishes: lines, words, and what a hostile file may hold. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../src/wish/index.js';

const messages = (text: string) => validateWish(text).errors.map(({ message }) => message);
const lines = (text: string) => validateWish(text).errors.map(({ place }) => place.line);

describe('a wish', () => {
  it('an empty one is valid; so are keys without a value', () => {
    for (const text of ['', '# nothing\n', 'interfaces:\n', 'loopbacks:\n  loop0:\n    mtu:\n    lcp: ~\n']) {
      expect(validateWish(text)).toMatchObject({ valid: true, errors: [] });
    }
  });

  it('a mistake is told with its line and the way to it', () => {
    const text = 'interfaces:\n  Gi0:\n    mtu: 1500\n    sub-interfaces:\n      10:\n        mtu: 9000\n';
    expect(validateWish(text).errors).toEqual([
      {
        path: ['interfaces', 'Gi0', 'sub-interfaces', '10', 'mtu'],
        message: 'sub-interface Gi0.10 has MTU 9000 higher than parent Gi0 MTU 1500',
        place: { line: 6, column: 9 },
      },
    ]);
  });

  it.each([
    ['a list', '- a\n', /^the wish: .* is not a mapping of keys$/],
    ['a word', 'hello\n', /^the wish: "hello" is not a mapping of keys$/],
    ['an unknown key', 'interfaces:\n  Gi0: { colour: 1 }\n', /^interfaces\.Gi0\.colour: is no key of it$/],
    ['a misspelt key', 'interfaces:\n  Gi0: { mut: 1 }\n', /\.mut: is no key of it; did you mean "mtu"\?$/],
    ['one below', 'loopbacks: { loop0: {} }\nbridgedomains: { bd1: { settings: { lern: no } } }\n', /"learn"\?$/],
    ['one of x-vppmux', 'x-vppmux: { policers: { a: { cir: 1, cb: 1, inptu: [] } } }\n', /inptu.*"input"\?$/],
    ['one at the top', 'loopback: {}\n', /^loopback: is no key of it; did you mean "loopbacks"\?$/],
    ['a word of an enum', 'interfaces:\n  Gi0: { state: upp }\n', /must be one of up, down.*did you mean "up"/],
    ['a missing key', 'vxlan_tunnels:\n  vxlan_tunnel0: { local: 10.0.0.1, vni: 1 }\n', /\.remote: is missing$/],
    ['a name of another form', 'loopbacks:\n  lo0: {}\n', /^loopbacks\.lo0: must be loop and a number$/],
    ['no YAML', 'a: [1\n', /./],
    ['a third document', 'interfaces:\n---\n---\na: 1\n', /two documents/],
    ['a section that no kind knows', 'interfaces:\n---\na: 1\n', /^x-vppmux.a: no kind of objects has this key/],
    ['an alias to nothing', 'interfaces: *all\n', /./],
  ])('%s: one mistake that says so', (_what, text, message) => {
    const found = messages(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('a secret in the wrong place: the mistake does not show it', () => {
    const text = 'x-vppmux:\n  wireguard: [ { private-key: hunter2 } ]\n';
    expect(messages(text).join()).not.toContain('hunter2');
    expect(messages(text).join()).toMatch(/a list is not/);
  });

  it('yes and no are booleans, as to PyYAML', () => {
    expect(messages('interfaces:\n  Gi0: { mpls: yes, sflow: Off }\n')).toEqual([]);
    expect(messages('interfaces:\n  Gi0: { mpls: maybe }\n')).toHaveLength(1);
  });

  it('a MAC address of digits alone is no number', () => {
    expect(messages('loopbacks:\n  loop0: { mac: 10:20:30:40:50:58 }\n')).toEqual([]);
  });

  it('a key that is there twice: the last one counts, and a warning says so', () => {
    const { valid, warnings } = validateWish('interfaces:\n  Gi0: { mtu: 1 }\n  Gi0: { mtu: 1500 }\n');
    expect(valid).toBe(true);
    expect(warnings).toMatchObject([{ path: ['interfaces', 'Gi0'], place: { line: 3 } }]);
  });

  it('mistakes and unknown names by the thousand: told for each', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `a${i}`);
    const wrong = validateWish(`interfaces:\n${names.map((name) => `  ${name}: { x: 1 }\n`).join('')}`).errors;
    expect([wrong.length, wrong.at(-1)?.place.line]).toEqual([20_000, 20_001]);
    const some = names.slice(0, 4000);
    const policers = some.map((name) => `    ${name}: { cir: 1, cb: 1, input: [ ${name} ] }\n`);
    const loops = some.map((_, i) => `  loop${i}: {}\n`);
    const text = `loopbacks:\n${loops.join('')}x-vppmux:\n  policers:\n${policers.join('')}`;
    expect(messages(text)).toHaveLength(4000);
  });

  it('names that every object has are names like others', () => {
    const text = 'interfaces:\n  Gi0: { l2xc: constructor, unnumbered: toString }\n  hasOwnProperty: { mtu: 2000 }\n';
    expect(messages(text)).toEqual([
      'interface Gi0 unnumbered target toString does not exist',
      'interface Gi0 l2xc target constructor does not exist',
    ]);
    expect(messages('interfaces:\n  Gi0:\n    sub-interfaces:\n      1: { l2xc: __proto__.1 }\n')).toHaveLength(1);
  });

  it('a tap whose name is one of every object: is none of taps', () => {
    expect(messages('interfaces:\n  tapped: {}\n')).toEqual(['interface tapped is a TAP but does not exist in taps']);
  });
});

describe('hostile files', () => {
  it('values in values without end: one mistake', () => {
    expect(messages(`a: ${'['.repeat(20_000)}`)).toHaveLength(1);
    expect(messages('{a: '.repeat(5000))).toHaveLength(1);
  });

  it('aliases that stand for millions of values: one mistake', () => {
    const rows = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`);
    expect(messages(['a0: &a0 [x]', ...rows].join('\n'))).toHaveLength(1);
  });

  it('a long list of addresses in one network: told for each, and quickly enough to wait for', () => {
    const loops = Array.from({ length: 3000 }, (_, i) => `  loop${i}: { addresses: [ 10.0.${i >> 8}.${i & 255}/8 ] }`);
    expect(messages(['loopbacks:', ...loops].join('\n'))).toHaveLength(3000);
  });
});

it('ten thousand interfaces with an address each: valid', () => {
  const itfs = Array.from(
    { length: 10_000 },
    (_, i) => `  Gi${i}:\n    addresses: [ 10.${i >> 8}.${i & 255}.1/24, 2001:db8:${(i + 1).toString(16)}::1/64 ]`,
  );
  expect(lines(['interfaces:', ...itfs].join('\n'))).toEqual([]);
});
