/** The fleet of a screenshot: a roll-out in its third wave, and agents as they are found then, without VPP. */

const AGENTS = 40;
const WAVE = 8;
const SITES = ['ams', 'fra', 'par', 'waw'];

/** Writes it into a folder; the result ends it. */
export async function fleetIn(dir) {
  const { begin, FleetKeys, openFolderStore } = await import('../dist/src/fleet/index.js');
  const store = await openFolderStore(dir);
  const keys = new FleetKeys();
  const wishes = { main: 'a'.repeat(64) };
  const put = (key, record) => store.transact({ success: [{ put: key, value: JSON.stringify(record) }] });
  const labels = Array.from(
    { length: AGENTS },
    (_, at) => `edge-${SITES[at % 4]}-${String(1 + (at >> 2)).padStart(2, '0')}`,
  );
  const given = {
    at: ago(1260),
    by: 'ops@jump1',
    pauseOnFailure: true,
    allowAway: false,
    waveSeconds: 600,
    confirmSeconds: 300,
  };
  for (const [comment, state] of [
    ['first wishes', { state: 'done', since: ago(90_000) }],
    ['MTU 9000 at all sites', { state: 'taken-back', since: ago(5000), reason: 'taken back by a person' }],
    ['MTU 9000 but at waw', { state: 'running', since: ago(65) }],
  ]) {
    const agents = labels.map((label, at) => ({ label, wave: 1 + Math.floor(at / WAVE), wishes }));
    const { generation } = await begin(store, keys, async () => ({
      plan: { ...given, comment, groups: {}, droppedGroups: [] },
      agents,
    }));
    const wave = state.state === 'done' ? AGENTS / WAVE : 3;
    await put(keys.rollout(generation), { ...state, wave, driver: 'agent edge-fra-01' });
  }
  for (const [at, label] of labels.entries()) {
    const isGiven = at < 3 * WAVE;
    const isBusy = at >= 3 * WAVE - 3 && isGiven;
    if (isGiven)
      await put(keys.assignment(label), { generation: 3, wishes, confirmSeconds: 660, confirmed: at < 2 * WAVE });
    if (at === 6) {
      await put(keys.report(label), { generation: 3, outcome: 'applied', at: ago(400) });
      continue;
    }
    await put(keys.state(label), {
      ...{ instance: label, agent: '0.1.0', vpp: '26.06-release', labels: { role: 'edge', site: SITES[at % 4] } },
      ...{
        generation: isGiven ? 3 : 1,
        outcome: isBusy ? 'applying' : 'applied',
        at: ago(isGiven ? 700 - 25 * at : 90_000 - at),
      },
      ...(at === 2 ? { drift: 2, health: 'degraded' } : { drift: 0, health: 'ok' }),
      ...(at === 4 && { outcome: 'waiting', reason: 'VPP is away', health: 'error' }),
    });
  }
  const ending = new AbortController();
  await store.lock(keys.driver, { value: 'agent edge-fra-01', signal: ending.signal });
  return async () => {
    ending.abort();
    await store.close();
  };
}

const ago = (seconds) => new Date(Date.now() - 1000 * seconds).toISOString();
