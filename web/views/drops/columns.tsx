/** Columns of the tables of the view Drops. */

import type { DroppingInterface, ReasonRow } from '../../../src/plugins/dashboard/protocol/index.js';
import type { Ring } from '../../feed/ring.js';
import { linkTo } from '../../frame/router.js';
import { exact, quantity } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { Amount } from '../../parts/quantity.js';
import { Sparkline } from '../../parts/sparkline.js';
import type { Column } from '../../parts/table.js';
import type { Explanation } from './explanations.js';

export interface Reason extends ReasonRow, Explanation {
  readonly key: string;
  readonly since: number;
  readonly line: Ring;
}

export interface InterfaceDrops extends DroppingInterface {
  readonly index: number;
  readonly since: number;
}

interface Counted {
  readonly since: number;
  readonly perSecond?: number;
  readonly count: number;
}

const numbers = <R extends Counted>(): readonly Column<R>[] => [
  {
    key: 'since',
    title: 'Since then',
    number: true,
    sort: ({ since }) => since,
    cell: ({ since }) => <span class={since === 0 ? 'zero' : ''}>{exact(since)}</span>,
  },
  {
    key: 'perSecond',
    title: 'Now',
    number: true,
    sort: ({ perSecond }) => perSecond,
    cell: ({ perSecond }) => (
      <span class={perSecond ? '' : 'zero'}>
        <Amount of={quantity(perSecond, 'pps')} />
      </span>
    ),
  },
  {
    key: 'count',
    title: 'In all',
    number: true,
    wide: true,
    sort: ({ count }) => count,
    cell: ({ count }) => <span class="zero">{exact(count)}</span>,
  },
];

export const REASON_COLUMNS: readonly Column<Reason>[] = [
  {
    key: 'reason',
    title: 'Reason',
    sort: ({ reason }) => reason,
    cell: ({ reason, text, node }) => (
      <>
        <span class="reason">{reason}</span>
        <span class="narrow quiet"> at {node}</span>
        {text && <span class="explained">{text}</span>}
      </>
    ),
  },
  { key: 'node', title: 'Node', wide: true, sort: ({ node }) => node, cell: ({ node }) => <code>{node}</code> },
  {
    key: 'severity',
    title: 'Severity',
    wide: true,
    sort: ({ severity }) => severity,
    cell: ({ severity }) => (severity === 'bad' ? <Pill tone="bad">lost</Pill> : <Pill tone="off">no error</Pill>),
  },
  { key: 'line', title: 'Last minute', wide: true, cell: ({ line }) => <Sparkline ring={line} lines={['drop']} /> },
  ...numbers<Reason>(),
];

export const INTERFACE_COLUMNS: readonly Column<InterfaceDrops>[] = [
  {
    key: 'name',
    title: 'Interface',
    sort: ({ name }) => name,
    cell: ({ name, index }) => <a href={linkTo('interfaces', index)}>{name}</a>,
  },
  ...numbers<InterfaceDrops>(),
];
