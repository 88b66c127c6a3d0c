/** The one connection of the page, and what views take from it. */

import { useEffect } from 'preact/hooks';
import type { TopicName, Topics } from '../../src/plugins/dashboard/protocol/index.js';
import { Connection } from './connection.js';
import { TopicStore, type TopicView } from './topics.js';
import { useValue } from './use-value.js';

export const topics = new TopicStore();
export const connection = new Connection(topics);

/** The topic's state, as long as the component is there; drawn again at each message. */
export function useTopic<N extends TopicName>(name: N, argument?: string | number): TopicView<Topics[N]> {
  const full = argument === undefined ? name : `${name}:${argument}`;
  useEffect(() => topics.want(full), [full]);
  return useValue(topics.value(full)) as unknown as TopicView<Topics[N]>;
}

/** Whether the caller may change anything. */
export function useMayWrite(): boolean {
  const link = useValue(connection.link);
  return link.phase === 'live' && link.access === 'write';
}
