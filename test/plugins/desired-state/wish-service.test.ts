import { expect, it } from 'vitest';
import { wishService } from '../../../src/plugins/desired-state/wish-service.js';
import { FakeDisk } from './fake-disk.js';
import { world } from './world.js';

class BrokenDisk extends FakeDisk {
  isBroken = true;
  readonly asked: string[] = [];

  override read(path: string): Promise<string | undefined> {
    if (!this.isBroken) this.asked.push(path);
    return this.isBroken ? Promise.reject(new Error('EIO: i/o error')) : super.read(path);
  }
}

it('wishes that cannot be read: who waits for them is told so, and it is the controller that tries again', async () => {
  const disk = new BrokenDisk();
  const { controller, sessions, lines, pass } = await world({ disk });
  const wishes = wishService(controller, sessions, () => {});
  const tries = () => lines.filter((line) => line.includes('wishes are not carried out')).length;
  expect(tries()).toBe(1);
  for (let round = 0; round < 3; round++) {
    await expect(wishes.ready()).rejects.toMatchObject({ code: 'EIO', message: expect.stringContaining('i/o error') });
  }
  expect(tries()).toBe(1);
  disk.isBroken = false;
  await pass(5000);
  await wishes.ready();
});

it('several that wait for the wishes at the same moment: they are read once', async () => {
  const disk = new BrokenDisk();
  const { controller } = await world({ disk });
  disk.isBroken = false;
  await Promise.all([controller.start(), controller.ready(), controller.ready()]);
  expect(disk.asked.length).toBeGreaterThan(0);
  expect(disk.asked).toEqual([...new Set(disk.asked)]);
});
