/** The views that are tables, by name. The overview is made of parts of them. */

import { apiView } from './api.js';
import { dropsView } from './drops.js';
import { interfacesView } from './interfaces.js';
import { nodesView } from './nodes.js';
import type { View } from './view.js';

export const VIEW_NAMES = ['overview', 'interfaces', 'nodes', 'drops', 'api'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export const TABLES: Readonly<Record<Exclude<ViewName, 'overview'>, View<object>>> = {
  interfaces: interfacesView,
  nodes: nodesView,
  drops: dropsView,
  api: apiView,
};

export const titleOf = (name: ViewName): string => (name === 'overview' ? 'Overview' : TABLES[name].title);
