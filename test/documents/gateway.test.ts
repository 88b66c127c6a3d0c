import { commands, settings, shown } from './claims.js';
import { testDocument } from './document.js';
import { call, routes } from './traffic.js';
import { TOKEN } from './world.js';

testDocument('docs/gateway.md', [
  commands('| head -3', {
    on: 'agent',
    before: async (world) => {
      await world.shell.run(`TOKEN=${TOKEN}; export TOKEN`);
      await call(world, 'interface/set-state', { interface: 'loop0', state: 'down' });
    },
  }),
  commands('@routes.json', { on: 'agent', files: { 'routes.json': JSON.stringify({ routes: routes(20_000) }) } }),
  shown('INVALID_INPUT', {
    on: 'agent',
    actual: (world) => call(world, 'route/add', { routes: [...routes(3), 4] }),
  }),
  commands('openssl rand', {
    on: 'nothing',
    replace: ({ folder }) => [
      [/-g vpp\b/g, `-g ${process.getgid?.()}`],
      ['/etc/vppmux', `${folder}/etc`],
      ['/etc/vppmux', `${folder}/etc`],
    ],
  }),
  settings('loopback-access: none', { file: 'http.conf' }),
]);
