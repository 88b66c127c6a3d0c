import { compiles, program } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/objects.md', [
  program('bridgeDomains.add', {
    on: 'mock',
    name: 'objects.ts',
    prints: /^loop\d+ is up, \d+ routes\nNOT_FOUND \[ 'loop\d+'(, 'loop\d+')* \]\n$/,
  }),
  compiles('messagesOf', {
    before: "import { connect } from 'vppmux';\nconst vpp = await connect();\nconst channel = vpp.channel();",
  }),
]);
