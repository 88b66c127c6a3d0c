import { plain } from '../../src/cli/top/parts/line.js';
import { render } from '../../src/cli/top/render.js';
import { screenOf } from '../../src/cli/top/screen.js';
import { fullModel } from '../cli/top/sample.js';
import { commands, shown } from './claims.js';
import { testDocument } from './document.js';

const SIZE = { columns: 80, rows: 24 };

testDocument('docs/top.md', [
  shown('1 Overview', {
    on: 'nothing',
    actual: async () => {
      const { lines } = render(screenOf({}), fullModel(), SIZE);
      return lines.map((line) => `${plain(line).trimEnd()}\n`).join('');
    },
  }),
  commands('--view drops --stats-socket', { on: 'mock' }),
]);
