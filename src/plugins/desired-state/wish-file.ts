/**
 * The file of `wish:` in desired-state.conf: applied when the agent starts, and when it has changed. What was applied in another way
 * since stays: a file counts once for each content.
 */

import { createHash } from 'node:crypto';
import { readRegularFile } from '../../regular-file.js';
import { ConfigWatch, fault, reasonOf } from '../../sdk/index.js';
import { NOTHING_SAID, saysNothing } from '../../wish/index.js';
import type { Controller } from './controller.js';

/** Bytes of the file at most. */
const MOST_BYTES = 32 * 1024 * 1024;

export class WishFile {
  /** Why the file is not applied, for people. */
  trouble: string | undefined;
  private path = '';
  private isStopped = false;
  private readonly watch: ConfigWatch;

  constructor(
    private readonly controller: Pick<Controller, 'apply' | 'ready'>,
    private readonly log: { info(text: string): void; warn(text: string): void; error(text: string): void },
    private readonly changed: () => void,
  ) {
    const files = () => (this.path === '' ? [] : [this.path]);
    this.watch = new ConfigWatch(
      files,
      () => void this.read(),
      (text) => log.warn(text),
    );
  }

  /** Follows the file at this path; an empty one ends that. */
  async follow(path: string): Promise<void> {
    if (path === this.path) return;
    this.path = path;
    this.trouble = undefined;
    if (path === '') this.watch.stop();
    else {
      this.watch.start();
      await this.read();
    }
  }

  /** The agent ends: what is under way comes to nothing, and that is no trouble. */
  stop(): void {
    this.isStopped = true;
    this.watch.stop();
  }

  private async read(): Promise<void> {
    const { path, log } = this;
    try {
      const bytes = readRegularFile(path, { max: MOST_BYTES });
      const fileDigest = createHash('sha256').update(bytes).digest('hex');
      const { keeper } = await this.controller.ready();
      if (keeper.state.fileDigest !== fileDigest) {
        const text = bytes.toString('utf8');
        if (saysNothing(text)) throw fault('EINVAL', `it ${NOTHING_SAID}`);
        const { revision } = await this.controller.apply(text, {
          by: path,
          comment: 'the file has changed',
          fileDigest,
        });
        log.info(`${path} is wish ${revision}`);
      }
      this.trouble = undefined;
    } catch (error) {
      if (this.isStopped) return;
      this.trouble = `${path} is not applied: ${reasonOf(error)}`;
      log.error(this.trouble);
    }
    this.changed();
  }
}
