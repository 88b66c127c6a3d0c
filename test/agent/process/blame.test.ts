import { describe, expect, it } from 'vitest';
import { blame } from '../../../src/agent/process/blame.js';

const plugins = [
  { name: 'a', file: '/plugins/a.js' },
  { name: 'b', file: '/plugins/b.js' },
  { name: 'own-folder', file: '/opt/own/index.js' },
  { name: 'unknown' },
];
const thrownAt = (...frames: string[]) =>
  Object.assign(new Error('x'), { stack: ['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n') });

describe('blame', () => {
  it.each([
    ['its own file', ['f (/plugins/b.js:1:2)'], 'b'],
    ['a file URL', ['async f (file:///plugins/b.js?v=1:1:2)'], 'b'],
    ['a frame without a function', ['/plugins/a.js:1:2'], 'a'],
    ['library frames above', ['g (/lib/x.js:1:1)', 'node:internal/timers:1:1', 'f (/plugins/a.js:1:2)'], 'a'],
    ['a neighbour file in a folder of its own', ['f (/opt/own/helper.js:1:2)'], 'own-folder'],
    ['a neighbour file in a shared folder', ['f (/plugins/helper.js:1:2)'], undefined],
    ['nothing known', ['f (/lib/x.js:1:1)'], undefined],
  ])('%s: %s → %s', (_, frames, name) => {
    expect(blame(thrownAt(...frames), plugins)?.name).toBe(name);
  });

  it('what is no Error: nobody’s', () => {
    expect(blame('text', plugins)).toBeUndefined();
    expect(blame(Object.assign(new Error('x'), { stack: undefined }), plugins)).toBeUndefined();
  });
});
