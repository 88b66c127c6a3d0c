/** Asks for an address, then shows what will be sent. */

import { useState } from 'preact/hooks';
import { CallDialog } from '../../parts/call-dialog.js';

interface Props {
  readonly name: string;
  readonly onClose: () => void;
}

export function AddAddress({ name, onClose }: Props) {
  const [address, setAddress] = useState('');
  const call = {
    title: `Add an address to ${name}`,
    operation: 'interface.add-address',
    input: { interface: name, address: address.trim() },
  };
  return (
    <CallDialog call={call} isReady={address.trim() !== ''} onClose={onClose}>
      <label>
        Address, with the length of its network
        <input
          type="text"
          placeholder="192.0.2.1/24"
          autocomplete="off"
          spellcheck={false}
          value={address}
          onInput={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      </label>
    </CallDialog>
  );
}
