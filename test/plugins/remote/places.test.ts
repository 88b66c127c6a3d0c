import { describe, expect, it } from 'vitest';
import { Places } from '../../../src/plugins/remote/places.js';

/** Takes places by name, and keeps book of those that have begun. */
function scene(most: number) {
  const places = new Places(most);
  const begun: string[] = [];
  return { places, begun, take: (name: string) => places.take(() => void begun.push(name)) };
}

describe('places', () => {
  it('are taken in order; the next one waits until one is free', () => {
    const { places, begun, take } = scene(2);
    const [one] = [take('one'), take('two')];
    expect([places.taken, places.isFull]).toEqual([2, true]);
    const three = take('three');
    take('four');
    expect(begun).toEqual(['one', 'two']);
    one();
    one();
    expect(begun).toEqual(['one', 'two', 'three']);
    three();
    expect(begun).toEqual(['one', 'two', 'three', 'four']);
  });

  it('a wait that is given up: never begins, and takes nothing', () => {
    const { places, begun, take } = scene(1);
    const one = take('one');
    const two = take('two');
    two();
    one();
    expect([begun, places.taken, places.isFull]).toEqual([['one'], 0, false]);
  });

  it('more of them: let those begin that wait; fewer take nothing away', () => {
    const { places, begun, take } = scene(1);
    const one = take('one');
    take('two');
    places.configure(2);
    expect(begun).toEqual(['one', 'two']);
    places.configure(1);
    one();
    expect([places.taken, places.isFull]).toEqual([1, true]);
  });
});
