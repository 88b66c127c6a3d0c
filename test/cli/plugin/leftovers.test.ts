import { describe, expect, it } from 'vitest';
import { grown, leftOver, showLeft, takeStock } from '../../../src/cli/plugin/leftovers.js';

function holder(resources: string[], listeners: Record<string, number> = {}) {
  return {
    getActiveResourcesInfo: () => resources,
    eventNames: () => Object.keys(listeners),
    listenerCount: (event: string | symbol) => listeners[String(event)],
  };
}

describe('what is left over', () => {
  it('more of a kind than before: named, with how many more', () => {
    const before = takeStock(holder(['Timeout', 'TTYWrap'], { exit: 1 }));
    const now = takeStock(holder(['Timeout', 'Timeout', 'Timeout', 'TCPServerWrap'], { exit: 2, SIGHUP: 1 }));
    expect(showLeft(grown(before, now))).toBe(
      "2 × timer, 1 × TCP server, 1 × listener of process.on('exit'), 1 × listener of process.on('SIGHUP')",
    );
    expect(grown(before, before)).toEqual([]);
  });

  it('what ends by itself a moment later: not left over', async () => {
    const looks = [['Timeout', 'FSReqPromise'], ['Timeout'], []].map((kinds) => takeStock(holder(kinds)));
    expect(await leftOver(takeStock(holder([])), 10_000, () => looks.shift() ?? new Map())).toEqual([]);
    expect(looks).toEqual([]);
  });

  it('what stays: told when patience has run out', async () => {
    const stays = () => takeStock(holder(['PipeWrap']));
    expect(await leftOver(takeStock(holder([])), 0, stays)).toEqual([{ kind: 'Unix socket or pipe', count: 1 }]);
  });
});
