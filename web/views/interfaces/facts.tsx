/** Settings of one interface. */

import type { InterfaceRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { linkTo } from '../../frame/router.js';
import { UNKNOWN } from '../../parts/format.js';

export function Facts({ index, row }: { readonly index: number; readonly row: InterfaceRow }) {
  const { type, mac, mtu, tag, addresses, table, table6, bridge, parent, admin } = row;
  const tableText =
    admin === undefined ? undefined : table6 === undefined ? `${table ?? 0}` : `${table ?? 0}, IPv6 ${table6}`;
  const facts: readonly (readonly [string, preact.ComponentChildren])[] = [
    ['sw_if_index', index],
    ['Kind', type],
    ['Addresses', addresses === undefined ? undefined : addresses.length === 0 ? 'none' : <List items={addresses} />],
    ['Table', tableText],
    ['Bridge domain', admin === undefined ? undefined : (bridge ?? 'none')],
    ['MAC', mac],
    ['MTU', mtu],
    ['Tag', tag === '' ? 'none' : tag],
    ...(parent === undefined ? [] : [['Parent', <a href={linkTo('interfaces', parent)}>{parent}</a>] as const]),
  ];
  return (
    <dl class="facts">
      {facts.map(([label, value]) => (
        <>
          <dt>{label}</dt>
          <dd>{value ?? UNKNOWN}</dd>
        </>
      ))}
    </dl>
  );
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <span class="chips">
      {items.map((item) => (
        <span key={item}>{item}</span>
      ))}
    </span>
  );
}
