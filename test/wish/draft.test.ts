import { describe, expect, it } from 'vitest';
import { Draft } from '../../src/wish/draft.js';
import { orderedFile } from '../../src/wish/file-order.js';
import { builtInKinds } from '../../src/wish/index.js';
import { yamlText } from '../../src/yaml-text.js';

describe('a draft', () => {
  it("takes names that every object of JavaScript has for VPP's", () => {
    const draft = new Draft();
    expect([draft.has('constructor'), draft.has('__proto__')]).toEqual([false, false]);
    draft.interface('__proto__').mtu = 9000;
    draft.interface('Gi0.__proto__').mtu = 1500;
    const found = { name: '__proto__', value: { instance: 0 } };
    builtInKinds.find(({ name }) => name === 'loopback')?.describe?.([found], draft);
    expect(draft.layer3('__proto__')).toEqual({});
    draft.layer3('__proto__').mpls = true;
    expect([Reflect.get({}, 'mtu'), Reflect.get({}, 'mpls')]).toEqual([undefined, undefined]);
    expect(yamlText(orderedFile(draft).file)).toContain('__proto__:\n    mtu: 9000');
  });
});
