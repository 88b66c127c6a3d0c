import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestOrAll, didYouMean, editDistance, nearest, suggesting } from '../src/nearest.js';

const NAMES = ['sw_interface_dump', 'sw_interface_details', 'show_version', 'ip_route_v2_dump', 'show_threads'];

describe('nearest', () => {
  it.each([
    ['show_verison', 'show_version'],
    ['showversion', 'show_version'],
    ['SHOW_VERSION', 'show_version'],
    ['sw_interface', 'sw_interface_dump'],
    ['interface_dump', 'sw_interface_dump'],
    ['dump_interface', 'sw_interface_dump'],
    ['ip_route_dump', 'ip_route_v2_dump'],
  ])('%s: means %s', (name, meant) => {
    expect(nearest(name, NAMES)[0]).toBe(meant);
  });

  it('nothing alike: gives nothing', () => {
    expect(nearest('qqqq', NAMES)).toEqual([]);
    expect(nearest('', NAMES)).toEqual([]);
  });

  it('many alike: gives at most max, closest first, always in the same order', () => {
    expect(nearest('a1', ['a4', 'a3', 'a1', 'a2'], 2)).toEqual(['a1', 'a2']);
  });
});

describe('editDistance', () => {
  it.each([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('%s to %s: %d steps', (a, b, steps) => {
    expect(editDistance(a, b)).toBe(steps);
  });

  it('any two names: the same both ways, and above the limit once it is passed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat(12), (a, b, limit) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(Math.min(editDistance(a, b, limit), limit + 1)).toBe(Math.min(distance, limit + 1));
      }),
    );
  });
});

describe('suggestions', () => {
  it('none, one or several names: read as a sentence', () => {
    expect(suggesting([])).toEqual({ near: [], text: '' });
    expect(suggesting(['a'])).toEqual({ near: ['a'], text: '; did you mean a?' });
    expect(suggesting(['a', 'b', 'c'])).toEqual({ near: ['a', 'b', 'c'], text: '; did you mean a, b or c?' });
  });

  it('didYouMean: offers the nearest ones, and nothing where none is near', () => {
    expect(didYouMean('show_verison', NAMES)).toEqual({ near: ['show_version'], text: '; did you mean show_version?' });
    expect(didYouMean('a1', ['a4', 'a3', 'a2'], 1).near).toEqual(['a2']);
    expect(didYouMean('qqqq', NAMES)).toEqual({ near: [], text: '' });
  });

  it.each([
    ['reply-timout', ['reply-timeout', 'retry-timeout']],
    ['Endpoint', ['endpoint']],
    ['timeout', ['reply-timeout', 'name']],
  ])('closestOrAll: %s, near to one of %s: offers that one in quotes', (name, known) => {
    expect(closestOrAll(name, known)).toEqual({ near: [known[0]], text: `; did you mean "${known[0]}"?` });
  });

  it('closestOrAll, with nothing near: lists the names there are', () => {
    expect(closestOrAll('zzz', ['a', 'b'])).toEqual({ near: [], text: '; there are: a, b' });
    expect(closestOrAll('zzz', [])).toEqual({ near: [], text: '; there are none' });
  });
});
