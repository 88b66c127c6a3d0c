import { program } from './claims.js';
import { testDocument } from './document.js';

testDocument('mock-vpp/README.md', [program('setLink', { on: 'nothing', name: 'mock.ts', times: 2 })]);
