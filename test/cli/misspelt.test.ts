import { expect, it } from 'vitest';
import { misspeltVariables, unknownOption } from '../../src/cli/misspelt.js';

it.each([
  ['--confg-dir', /knows no '--confg-dir'; did you mean --config-dir\?/],
  ['--confg-dir=/etc/secret', /^run knows no '--confg-dir'; did you mean --config-dir\?$/],
  ['--config', /did you mean .*--config-dir/],
  ['--soket', /did you mean --socket\?/],
  ['--http-confg', /did you mean --http-config\?/],
  ['-x', /knows no '-x'; how to: vppmux help run/],
])('%s: suggested from what there is', (argument, text) => {
  expect(unknownOption(argument, ['govpp', 'http', 'interface-lister'])).toMatch(text);
});

it('a key of a plugin: where to write it', () => {
  const ownerOf = (key: string) => (key === 'endpoint' ? 'http' : undefined);
  expect(unknownOption('--endpoint=127.0.0.1:1', ['http'], ownerOf)).toBe(
    `run knows no '--endpoint', which is a key of http.conf: write "endpoint: …" there, in the folder of --config-dir, or name another file with --http-config FILE`,
  );
});

it('the environment: what is nearly a variable of vppmux is told, others are not', () => {
  const env = { VPPMUX_TOKN: 'secret', VPPMUX_PLUGIN: 'x', VPPMUX_AGENT: 'y', VPPMUX_SHARED: 'z', HOME: '/' };
  const lines = misspeltVariables(env);
  expect(lines).toEqual([
    'nothing reads the environment variable VPPMUX_TOKN; did you mean VPPMUX_TOKEN?',
    'nothing reads the environment variable VPPMUX_PLUGIN; did you mean VPPMUX_PLUGINS?',
  ]);
});
