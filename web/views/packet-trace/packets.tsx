/** Traced packets, each a tree of the nodes that it went through. */

import { useState } from 'preact/hooks';
import { Pill } from '../../parts/pill.js';
import type { TracedPacket } from './use-trace.js';

/** Packets that are shown until somebody asks for more. */
const PAGE = 100;

export function Packets({ packets }: { readonly packets: readonly TracedPacket[] }) {
  const [limit, setLimit] = useState(PAGE);
  return (
    <>
      <ol class="packets" aria-label="Packets">
        {packets.slice(0, limit).map((packet) => (
          <Packet key={packet.number} packet={packet} />
        ))}
      </ol>
      {packets.length > limit && (
        <p class="more">
          {limit} of {packets.length} shown.{' '}
          <button type="button" onClick={() => setLimit(limit + PAGE)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

function Packet({ packet: { number, thread, time, flows, drops, nodes } }: { readonly packet: TracedPacket }) {
  const [isOpen, setOpen] = useState(false);
  const last = nodes.at(-1)?.node;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class="number">{number}</span> <span class="quiet">{time}</span>{' '}
          <span class="flow">{flows[0] ?? nodes[0]?.node}</span>{' '}
          {drops.length > 0 ? (
            <Pill tone="bad" label="dropped">
              {drops[0]}
            </Pill>
          ) : (
            <span class="quiet">
              {nodes.length} nodes, to {last}
            </span>
          )}
        </summary>
        {isOpen && (
          <div class="path">
            {(flows.length > 1 || thread > 0) && (
              <p class="quiet">
                {flows.length > 1 && `Also seen as ${flows.slice(1).join(', ')}. `}
                {thread > 0 && `Thread ${thread}.`}
              </p>
            )}
            <ol class="tree" aria-label={`Nodes of packet ${number}`}>
              {nodes.map(({ node, time: at, lines }, i) => (
                <li key={i}>
                  <code>{node}</code> <span class="quiet">{at}</span>
                  {lines.length > 0 && <pre>{lines.join('\n')}</pre>}
                </li>
              ))}
            </ol>
          </div>
        )}
      </details>
    </li>
  );
}
