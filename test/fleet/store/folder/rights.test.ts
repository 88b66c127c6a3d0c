/** A folder that belongs to another user. */

import { chmodSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FleetStore, openFolderStore } from '../../../../src/fleet/index.js';
import { startAs } from '../../../support/as-user.js';
import { bundled } from '../../../support/bundled.js';
import { excused } from '../../../support/needs.js';
import { toolsMissing } from '../../../support/tools.js';
import { temporaryFolder } from '../stores.js';

const missing = process.getuid?.() === 0 ? toolsMissing('setpriv') : 'only root can start programs as another user';
const NOBODY = { uid: 65534, gid: 65534 };

describe('the rights of a folder', excused(missing), () => {
  const programs = temporaryFolder();
  let program: string;
  let base: string;
  let dir: string;
  let store: FleetStore;
  beforeAll(() => {
    program = bundled('test/fleet/store/program.ts', programs);
    chmodSync(programs, 0o755);
  });
  afterAll(() => rmSync(programs, { recursive: true, force: true }));
  beforeEach(async () => {
    base = temporaryFolder();
    chmodSync(base, 0o755);
    dir = join(base, 'fleet');
    store = await openFolderStore(dir);
    await store.transact({ success: [{ put: 'a', value: '1' }] });
  });
  afterEach(async () => {
    await store.close();
    rmSync(base, { recursive: true, force: true });
  });
  const asNobody = (...task: string[]) =>
    startAs(NOBODY, [process.execPath, program, JSON.stringify({ dir }), ...task], {});
  const allow = (folder: number, file: number) => {
    chmodSync(dir, folder);
    chmodSync(join(dir, 'leases'), folder);
    chmodSync(join(dir, 'log.000001'), file);
  };

  it('made by the store: it is for this user only', async () => {
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'log.000001')).mode & 0o777).toBe(0o600);
    await asNobody('get', 'a').said(/STORE_PERMISSION/);
    await asNobody('get', 'a').said(/EACCES.*: the system does not let this user read or write the folder/);
  });

  it('one that others may read: they read, and their writes are refused', async () => {
    allow(0o755, 0o644);
    await asNobody('get', 'a').said(/^value 1$/m);
    await asNobody('put', 'a', '2').said(/log.000001: the system lets this user only read it/);
    await asNobody('lock', 'a', '1').said(/STORE_PERMISSION/);
    expect((await store.get('a'))?.value.toString()).toBe('1');
  });

  it('one that others may write, too: they do, and so are the files that are made in it', async () => {
    allow(0o777, 0o666);
    await asNobody('put', 'a', '2').said(/^put$/m);
    expect((await store.get('a'))?.value.toString()).toBe('2');
    const lock = await store.lock('lock');
    expect(statSync(join(dir, 'leases')).mode & 0o777).toBe(0o777);
    await asNobody('get', 'a').said(/^value 2$/m);
    await lock.release();
  });
});
