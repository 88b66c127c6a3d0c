import { expect } from 'vitest';
import { parse } from 'yaml';
import { fleetFile } from '../../src/fleet/files/fleet-file.js';
import { etcdConfig } from '../../src/plugins/etcd/config.js';
import { checked, commands } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/fleet.md', [
  commands('vppmux fleet demo', {
    on: 'nothing',
    endless: { 'fleet demo': { until: 'Ctrl-C ends it', beside: '--dir fleet-demo/store' } },
  }),
  checked('groups:', {
    on: 'nothing',
    check: async (text) => expect(fleetFile.parse(parse(text))).toMatchObject({ batch: { percent: 5 } }),
  }),
  checked('endpoints: [', {
    on: 'nothing',
    check: async (text) => expect(etcdConfig.parse(parse(text))).toMatchObject({ label: 'edge1', drive: true }),
  }),
]);
