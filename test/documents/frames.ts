/** A conversation over an agent's WebSocket: lines with → are sent, and for each with ← a frame comes that has what it shows. */

import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Claim } from './document.js';
import { TOKEN, type WorldKind } from './world.js';

/** Any text in its place. */
const ANY = '…';

export function frames(has: string, { on, path }: { readonly on: WorldKind; readonly path: string }): Claim {
  return {
    has,
    async run({ text }, reader) {
      const { agent } = await reader.world(on);
      const headers = { authorization: `Bearer ${TOKEN}` };
      const socket = new WebSocket(`ws://${agent}${path}`, { headers });
      const came: unknown[] = [];
      socket.on('message', (data) => came.push(JSON.parse(String(data))));
      try {
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        for (const line of text.trim().split('\n')) {
          const frame = JSON.parse(line.slice(1)) as object;
          if (line.startsWith('→')) socket.send(JSON.stringify(frame));
          else await vi.waitFor(() => expect(came).toContainEqual(shown(frame)), { interval: 10, timeout: 10_000 });
        }
      } finally {
        socket.terminate();
      }
    },
  };
}

/** A matcher of what a line shows. */
function shown(value: unknown): unknown {
  if (value === ANY) return expect.any(String);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)])));
}
