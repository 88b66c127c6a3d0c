/** What a caller who may write can do with an interface. Each shows first what will be sent. */

import { useState } from 'preact/hooks';
import type { InterfaceRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { CallDialog, type PlannedCall } from '../../parts/call-dialog.js';
import { AddAddress } from './add-address.js';

export function Actions({ row }: { readonly row: InterfaceRow }) {
  const [planned, setPlanned] = useState<PlannedCall>();
  const [isAdding, setAdding] = useState(false);
  const { name, admin } = row;
  const state = admin ? 'down' : 'up';
  const setState: PlannedCall = {
    title: `Set ${name} ${state}`,
    operation: 'interface.set-state',
    input: { interface: name, state },
    warning: admin ? 'Traffic through this interface stops.' : undefined,
  };
  return (
    <div class="end">
      <button type="button" disabled={admin === undefined} onClick={() => setPlanned(setState)}>
        Set {state} …
      </button>
      <button type="button" onClick={() => setAdding(true)}>
        Add an address …
      </button>
      {planned && <CallDialog call={planned} onClose={() => setPlanned(undefined)} />}
      {isAdding && <AddAddress name={name} onClose={() => setAdding(false)} />}
    </div>
  );
}
