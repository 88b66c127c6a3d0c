import { describe, expect, it } from 'vitest';
import { withoutEchoes } from '../../src/cli/io.js';

describe('signals', () => {
  it('npm sends SIGINT on: heard once for each key press', () => {
    let now = 0;
    const heard: string[] = [];
    const listener = withoutEchoes(
      (signal: string) => heard.push(`${signal} ${now}`),
      () => now,
    );
    for (now of [1000, 1000.4, 1600, 1601, 2000]) listener('SIGINT');
    expect(heard).toEqual(['SIGINT 1000', 'SIGINT 1600', 'SIGINT 2000']);
  });
});
