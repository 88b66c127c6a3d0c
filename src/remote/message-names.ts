/** The names of the running VPP's messages, asked of the agent once for each message table. */

import type { Exchange } from './exchange/exchange.js';
import type { AgentLink } from './link/agent-link.js';

export class MessageNames {
  /** Resolves when what was asked last is known, or cannot be had now. */
  known: Promise<void> = Promise.resolve();
  private table: { readonly hash: string; readonly names: ReadonlySet<string> } | undefined;
  /** The hash that was asked about last. */
  private asked: string | undefined;

  /** Undefined while they are not known of the table with that hash. */
  has(messageName: string, tableHash: string | undefined): boolean | undefined {
    const { table } = this;
    return table && table.hash === tableHash ? table.names.has(messageName) : undefined;
  }

  /** Asks for those of the table with that hash, unless they are known or asked for. */
  learn(link: AgentLink, tableHash: string | undefined): void {
    if (tableHash === undefined || tableHash === this.asked) return;
    this.asked = tableHash;
    this.known = new Promise((resolve) => {
      const failed = () => {
        if (this.table?.hash !== tableHash) this.asked = undefined;
        resolve();
      };
      const answer: Exchange = {
        take: (frame) => {
          if (frame.type === 'table') this.table = { hash: frame.tableHash ?? '', names: new Set(frame.names) };
        },
        ended: failed,
        lost: failed,
      };
      try {
        link.begin(answer, (id) => ({ type: 'table', id }));
      } catch {
        // The agent has no room for it: `has` does not know.
        failed();
      }
    });
  }
}
