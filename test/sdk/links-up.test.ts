/** A plugin in 30 lines, by the documents alone, that contributes an operation, a section of /status and a metric. */

import { expect, it } from 'vitest';
import { linksUp, linksUpText } from './links-up.js';

it('the plugin of docs/plugins.md: 30 lines at most, without its name', () => {
  const [name, ...lines] = linksUpText().trimEnd().split('\n');
  expect(name).toBe('// links-up.ts');
  expect(lines.length).toBeLessThanOrEqual(30);
});

it('its operation, its section of /status and its metric: all three are there', async () => {
  const { metrics, status, output } = await linksUp();
  expect(output).toEqual({ names: ['loop0'] });
  expect(status).toMatchObject({
    plugins: { 'links-up': { state: 'ok', reason: '1 up' } },
    links: { names: ['loop0'] },
  });
  expect(metrics).toBe('# HELP links_up Interfaces that are up\n# TYPE links_up gauge\nlinks_up 1\n');
});
