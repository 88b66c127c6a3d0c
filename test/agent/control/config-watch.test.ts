import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConfigWatch } from '../../../src/agent/control/config-watch.js';
import { directoryWith } from '../support.js';

function watching(files: readonly string[]) {
  const changed = vi.fn();
  const warnings: string[] = [];
  const watch = new ConfigWatch(
    () => files,
    changed,
    (text) => warnings.push(text),
  );
  watch.start();
  onTestFinished(() => watch.stop());
  return { changed, warnings, watch };
}

const noticed = (changed: ReturnType<typeof vi.fn>, times = 1) =>
  vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(times));

describe('a change of a configuration file', () => {
  it('written in place, several times: is noticed once', async () => {
    const dir = directoryWith({ 'a.conf': 'x: 1' });
    const { changed } = watching([join(dir, 'a.conf')]);
    for (let i = 0; i < 5; i++) writeFileSync(join(dir, 'a.conf'), `x: ${i}`);
    await noticed(changed);
  });

  it('replaced by rename, as editors do, again and again: is noticed', async () => {
    const dir = directoryWith({ 'a.conf': 'x: 1' });
    const { changed } = watching([join(dir, 'a.conf')]);
    for (let i = 1; i <= 2; i++) {
      writeFileSync(join(dir, 'a.conf.tmp'), `x: ${i}`);
      renameSync(join(dir, 'a.conf.tmp'), join(dir, 'a.conf'));
      await noticed(changed, i);
    }
  });

  it('a file that comes only now: is noticed', async () => {
    const dir = directoryWith({});
    const { changed } = watching([join(dir, 'a.conf')]);
    writeFileSync(join(dir, 'a.conf'), 'x: 1');
    await noticed(changed);
  });

  it('behind a link, and a folder exchanged as Kubernetes does: is noticed', async () => {
    const dir = directoryWith({ '..v1/a.conf': 'x: 1', '..v2/a.conf': 'x: 2' });
    symlinkSync('..v1', join(dir, '..data'));
    symlinkSync('..data/a.conf', join(dir, 'a.conf'));
    const { changed } = watching([join(dir, 'a.conf')]);
    writeFileSync(join(dir, '..v1/a.conf'), 'x: 3');
    await noticed(changed);
    symlinkSync('..v2', join(dir, '..data_tmp'));
    renameSync(join(dir, '..data_tmp'), join(dir, '..data'));
    await noticed(changed, 2);
    writeFileSync(join(dir, '..v2/a.conf'), 'x: 4');
    await noticed(changed, 3);
  });

  it('the folder itself is exchanged: is noticed, and so is what changes in the new one', async () => {
    const dir = directoryWith({ 'conf/a.conf': 'x: 1', 'next/a.conf': 'x: 2' });
    const { changed } = watching([join(dir, 'conf/a.conf')]);
    renameSync(join(dir, 'conf'), join(dir, 'before'));
    renameSync(join(dir, 'next'), join(dir, 'conf'));
    await noticed(changed);
    writeFileSync(join(dir, 'conf/a.conf'), 'x: 3');
    await noticed(changed, 2);
  });

  it('a link to the folder, and a link to that, are made to lead elsewhere: is noticed', async () => {
    const dir = directoryWith({ 'v1/a.conf': 'x: 1', 'v2/a.conf': 'x: 2' });
    const lead = (name: string, to: string) => {
      symlinkSync(to, join(dir, 'next'));
      renameSync(join(dir, 'next'), join(dir, name));
    };
    lead('release', 'v1');
    lead('current', 'release');
    const { changed } = watching([join(dir, 'current', 'a.conf')]);
    lead('release', 'v2');
    await noticed(changed);
    lead('current', 'v1');
    await noticed(changed, 2);
    writeFileSync(join(dir, 'v1/a.conf'), 'x: 3');
    await noticed(changed, 3);
  });

  it('the folder goes, and comes again later, with one above it: is noticed, and so is what changes in the new one', async () => {
    const dir = directoryWith({ 'above/conf/a.conf': 'x: 1' });
    const file = join(dir, 'above/conf/a.conf');
    const { changed, warnings } = watching([file]);
    rmSync(join(dir, 'above'), { recursive: true });
    await noticed(changed);
    mkdirSync(join(dir, 'above'));
    await noticed(changed, 2);
    mkdirSync(join(dir, 'above/conf'));
    await noticed(changed, 3);
    writeFileSync(file, 'x: 2');
    await noticed(changed, 4);
    expect(warnings).toEqual([]);
  });

  it('another file of the folder: is nobody’s', async () => {
    const dir = directoryWith({ 'a.conf': 'x: 1' });
    const { changed } = watching([join(dir, 'a.conf')]);
    writeFileSync(join(dir, 'b.conf'), 'x: 1');
    writeFileSync(join(dir, 'a.conf'), 'x: 2');
    await noticed(changed);
  });

  it('a folder that is not there, or goes: no error', async () => {
    const dir = directoryWith({ 'sub/a.conf': 'x: 1', 'b.conf': '' });
    const { changed, warnings } = watching(['/no/such/a.conf', join(dir, 'sub/a.conf'), join(dir, 'b.conf')]);
    rmSync(join(dir, 'sub'), { recursive: true });
    await noticed(changed);
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'b.conf'), 'x: 1');
    await noticed(changed, 2);
    expect(warnings).toEqual([]);
  });

  it('after stop: nothing is noticed', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const dir = directoryWith({ 'a.conf': '' });
    const { changed, watch } = watching([join(dir, 'a.conf')]);
    watch.stop();
    writeFileSync(join(dir, 'a.conf'), 'x: 1');
    vi.advanceTimersByTime(1000);
    expect(changed).not.toHaveBeenCalled();
  });
});
