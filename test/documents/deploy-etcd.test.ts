import { settings } from './claims.js';
import { testDocument } from './document.js';

testDocument('deploy/etcd/README.md', [settings('label: edge1', { file: 'etcd.conf' })]);
