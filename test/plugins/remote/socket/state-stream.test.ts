import { describe, expect, it } from 'vitest';
import type { Link } from '../../../../src/plugins/remote/socket/link.js';
import { StateStream } from '../../../../src/plugins/remote/socket/state-stream.js';
import type { Mux } from '../../../../src/sdk/index.js';

/** A state stream on a link that is full until a test says otherwise. */
function scene() {
  const listeners = new Set<() => void>();
  const status = { state: 'ready', reason: '', since: new Date(0), generation: 1, reconnects: 0, socket: '' };
  const mux = {
    status,
    states: () => ({
      subscribe(listener: () => void) {
        listeners.add(listener);
        return { unsubscribe: () => void listeners.delete(listener) };
      },
    }),
  } as unknown as Mux;
  const frames: unknown[] = [];
  const rooms: (() => void)[] = [];
  const link = {
    isFull: true,
    send: (frame: unknown) => frames.push(frame),
    whenRoom: (room: () => void) => rooms.push(room),
  };
  const stream = new StateStream(mux, link as unknown as Link, 1);
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const drain = () => {
    link.isFull = false;
    for (const room of rooms.splice(0)) room();
  };
  return { stream, frames, changed, drain };
}

describe('the state for a client', () => {
  it('changes while the network takes nothing: come as the newest one', () => {
    const { frames, changed, drain } = scene();
    changed();
    changed();
    expect(frames).toEqual([]);
    drain();
    expect(frames).toEqual([{ type: 'state', id: 1, state: expect.objectContaining({ state: 'ready' }) }]);
  });

  it('given up while one waits for the network: nothing comes behind its end', () => {
    const { stream, frames, changed, drain } = scene();
    changed();
    stream.end();
    drain();
    expect(frames).toEqual([]);
  });
});
