/** The sources of all topics, by the names of `protocol/topics`. */

import type { TopicName } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';
import { apiTopic } from './api.js';
import { dropsTopic } from './drops.js';
import { interfaceTopic } from './interface.js';
import { interfacesTopic } from './interfaces.js';
import { nodesTopic } from './nodes.js';
import { overviewTopic } from './overview.js';
import { stateTopic } from './state.js';

export function allTopics(sources: Sources): ReadonlyMap<string, TopicSource> {
  const topics: Record<TopicName, TopicSource> = {
    state: stateTopic(sources),
    overview: overviewTopic(sources),
    interfaces: interfacesTopic(sources),
    interface: interfaceTopic(sources),
    drops: dropsTopic(sources),
    nodes: nodesTopic(sources),
    api: apiTopic(sources),
  };
  return new Map(Object.entries(topics));
}
