import { describe, expect, it } from 'vitest';
import { cLibrary } from '../src/c-library.js';

describe('cLibrary', () => {
  it('without koffi: gives nothing, and the reason in a line', async () => {
    const reasons: string[] = [];
    const load = () => Promise.reject(new Error("Cannot find package 'koffi'\nimported from x"));
    expect(await cLibrary((reason) => reasons.push(reason), load)).toBeUndefined();
    expect(reasons).toEqual(["Cannot find package 'koffi'"]);
  });

  it('with koffi: gives the functions of this process', async () => {
    const library = { func: () => () => 0 };
    const load = async () => ({ load: (path: null) => (path === null ? library : { func: () => () => 1 }) });
    expect(await cLibrary(() => {}, load)).toBe(library);
  });
});
