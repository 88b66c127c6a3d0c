/**
 * `VPP_BIN=/usr/bin/vpp npm run try-messages`: tries every message that only reads on a VPP of its own, with all defaults and
 * with 0, 1 and ~0, and reports those that ended it, were never answered, or listed more than there can be. What the table of
 * hazards (src/mux/hazards) neither refuses nor knows yet is marked; `--update` adds it to unexplained.ts. Words behind `--` go to VPP.
 *
 *   VPP_BIN=vpp npm run try-messages -- --match '^ip_' -- plugins { path /usr/lib/vpp_plugins }
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, orExplain, root } from './tree.mjs';

orExplain(() => {
  ensureInstalled();
  ensureBuilt();
});
const { conditional, forbidden, hazardsOf } = await import('../dist/src/mux/hazards/find.js');
const { reads } = await import('../dist/src/mux/session/reads.js');
const { ThrowAwayVpp } = await import('./try-messages/vpp.mjs');
const { trialsOf } = await import('./try-messages/trials.mjs');

const ANSWER_MS = 3000;
/** More rows than this are not what a fresh VPP has. */
const MOST_ROWS = 50_000;
const FOUND = `${root}/src/mux/hazards/unexplained.ts`;

const { values: flags, positionals } = parseArgs({
  options: { match: { type: 'string', default: '' }, update: { type: 'boolean' } },
  allowPositionals: true,
});
const { VPP_BIN } = process.env;
if (!VPP_BIN) {
  console.error(
    'VPP_BIN must name a vpp program, which is started and killed: VPP_BIN=/usr/bin/vpp npm run try-messages',
  );
  process.exit(2);
}

const vpp = new ThrowAwayVpp(VPP_BIN, positionals);
const found = [];
try {
  await vpp.start();
  const { version } = await vpp.channel.request('show_version');
  const { schema, table } = vpp.connection;
  const pattern = new RegExp(flags.match);
  const isTried = (def) => reads(def) && table.has(def.name) && !forbidden(def.name) && pattern.test(def.name);
  const trials = trialsOf([...schema.model.messages.values()], isTried);
  console.log(`VPP ${version}: ${trials.length} trials of ${new Set(trials.map(({ def }) => def.name)).size} messages`);
  for (const trial of trials) {
    const outcome = await attempt(trial);
    if (outcome === undefined) continue;
    const isRefused = refused(schema, trial);
    found.push({ ...trial, outcome, isRefused, version });
    const isTold = hazardsOf(trial.def.name).some(({ state }) => state !== undefined);
    console.log(
      `${isRefused ? 'known' : isTold ? 'told ' : 'NEW  '} ${trial.def.name} ${JSON.stringify(trial.values)}: ${outcome}`,
    );
  }
} finally {
  await vpp.remove();
}
const fresh = found.filter(({ isRefused, outcome }) => !isRefused && outcome.startsWith('VPP died'));
if (flags.update && fresh.length > 0) update(fresh);
console.log(`${found.length} harmed, ${fresh.length} of them ended VPP and are not refused yet`);
process.exitCode = fresh.length > 0 && !flags.update ? 1 : 0;

/** Sends one trial and gives what went wrong; undefined when it was answered. VPP lives afterwards. */
async function attempt({ def, values }) {
  let wrong;
  try {
    if (def.service.kind === 'unary')
      await vpp.channel.request(def.name, values, { timeoutMs: ANSWER_MS, anyRetval: true });
    else {
      let rows = 0;
      for await (const row of vpp.channel.dump(def.name, values, { timeoutMs: ANSWER_MS })) {
        rows += row === undefined ? 0 : 1;
        if (rows > MOST_ROWS) {
          wrong = `more than ${MOST_ROWS} rows`;
          break;
        }
      }
    }
  } catch (error) {
    if (error.code === 'REPLY_TIMEOUT') wrong = 'never answered';
    else if (error.code === 'CONNECTION_LOST' || error.code === 'DUMP_INCOMPLETE') wrong = 'the connection was lost';
  }
  const death = wrong === undefined ? vpp.death : await vpp.diedOf();
  if (wrong === undefined && death === undefined) return undefined;
  await vpp.stop();
  await vpp.start();
  return death === undefined ? wrong : `VPP died (${death})`;
}

function refused(schema, { def, values }) {
  const message = schema.message(def.name);
  const fields = message.decode(message.encode(values));
  return (conditional(def.name) ?? []).some(({ when }) => when?.holds(fields) ?? true);
}

function update(entries) {
  const lines = entries.map(({ def, values, version }) => {
    const shown = JSON.stringify(values).replaceAll('4294967295', '0xffffffff');
    return `  ends('${def.name}', ${shown}, '${version.split('-')[0].replace(/^v/, '')}'),\n`;
  });
  const marker = '  // Added above this line';
  writeFileSync(
    FOUND,
    readFileSync(FOUND, 'utf8').replace(marker, () => lines.join('') + marker),
  );
  console.log(`added to ${FOUND}: give each its reason in table.ts, and run \`npx biome check --write src\``);
}
