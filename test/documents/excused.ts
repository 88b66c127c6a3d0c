/** Blocks that no test here runs, each with the reason; [document, text in the block (empty: all of its blocks), reason]. */

export const EXCUSED: readonly (readonly [file: string, has: string, reason: string])[] = [
  ['README.md', 'git clone', 'needs the network; .ci/run does `npm test` on a fresh clone, and agent.md has npm start'],
  ['README.md', 'flowchart', 'a drawing'],
  ['ARCHITECTURE.md', 'src/mux, from the bottom', 'a drawing'],
  ['docs/benchmarks.md', 'npm run bench', 'takes minutes; test/bench/bench.test.ts runs the benchmarks in small'],
  ['docs/cli.md', 'npm install -g .', 'installs for all users of the machine; test/package installs the packed file'],
  [
    'docs/cli.md',
    'compat /opt/23.10',
    'needs a running VPP 26.06, which has less than its definitions; compat.test.ts has each verdict',
  ],
  ['docs/cli.md', 'vpp# ', 'is typed at a terminal; test/cli/vpp-cli/session.test.ts does so on one of its own'],
  ['docs/cli.md', '✗ socket', 'shows users and groups of a machine; test/cli/commands/doctor.test.ts has each finding'],
  ['docs/deploy.md', 'install -g ./vppmux-*.tgz', 'installs for all users; test/package does so elsewhere'],
  ['docs/deploy.md', '../offline/vppmux', 'needs a registry; test/package installs the packed file'],
  ['docs/deploy.md', '-C /opt', 'installs for all users'],
  ['docs/deploy.md', 'vppmux-0.2.0.tgz', 'installs for all users, and restarts a service'],
  ['docs/deploy.md', 'npm uninstall', 'changes the services of the machine'],
  ['docs/deploy.md', 'docker build', 'needs docker and a registry'],
  ['docs/deploy.md', '--endpoint 0.0.0.0:9191', 'needs docker'],
  ['docs/deploy.md', 'kubectl apply', 'needs a cluster'],
  ['docs/client.md', 'npm init', 'needs a registry; test/package/installed.test.ts does it'],
  ['docs/how-to.md', '', 'test/docs/how-to.test.ts runs all of it, in its order'],
  ['docs/plugins.md', 'create ▶ init', 'a drawing'],
  ['docs/faults.md', 'npm run test:faults', 'these are the tests themselves'],
];
