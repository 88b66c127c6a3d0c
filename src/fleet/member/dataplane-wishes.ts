/**
 * Brings each dataplane of an agent to its wish. One that fails has an obstacle until it is tried again, or something else is wanted, and
 * keeps no other one from its wish.
 */

import { reasonOf } from '../../thrown.js';
import { isStoreAway } from '../store/errors.js';
import { type Answer, isSameMark, type Mark, type WishCarrier } from './carrier.js';
import { type Obstacle, type Target, wishOf } from './target.js';
import type { WishTexts } from './wish-texts.js';

export interface DataplaneWishesParts {
  readonly texts: WishTexts;
  readonly carrier: WishCarrier;
  readonly log: { info(text: string): void; warn(text: string): void };
}

const LATER_MS = 2000;
/** Milliseconds before a wish that could not be read is asked for again. */
const UNREADABLE_MS = 60_000;

export class DataplaneWishes {
  /** The wish that is being withdrawn. */
  withdrawing: Mark | undefined;
  /** By dataplane. */
  readonly obstacles = new Map<string, Obstacle>();
  /** Wishes that were given to the carrier, by its answer. */
  readonly counts = { carried: 0, refused: 0, later: 0, withdrawn: 0 };
  /** Grows with everything that is heard: an end of what was under way before is no obstacle to what comes now. */
  private round = 0;

  constructor(private readonly parts: DataplaneWishesParts) {}

  /** Something else may be wanted: nothing from before stands in its way. */
  renew(): void {
    this.round++;
    this.obstacles.clear();
  }

  /** Milliseconds until something is tried again; undefined where nothing is. */
  get nextMs(): number | undefined {
    const times = [...this.obstacles.values()].flatMap(({ againAt }) => againAt ?? []);
    return times.length === 0 ? undefined : Math.min(...times) - performance.now();
  }

  /** Rejects with the first failure when all were tried. */
  async pursue(target: Target | undefined, signal: AbortSignal): Promise<void> {
    const { carrier } = this.parts;
    const strange = Object.keys(target?.wishes ?? {}).find((name) => !carrier.dataplanes.includes(name));
    if (strange !== undefined) {
      this.refuseAll(`this agent has no dataplane "${strange}": it has ${carrier.dataplanes.join(', ')}`);
      return;
    }
    const failures: unknown[] = [];
    for (const name of carrier.dataplanes) {
      const sha256 = wishOf(target, name);
      const isWanted = target !== undefined && sha256 !== undefined;
      const work = isWanted
        ? this.carryOut(name, target, { generation: target.generation, sha256 })
        : this.withdraw(name);
      await work.catch((error: unknown) => failures.push(error));
      if (signal.aborted) return;
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The same, because of what cannot be read; it is tried again. */
  refuseUnreadable(reason: string): void {
    this.refuseAll(reason, performance.now() + UNREADABLE_MS);
  }

  private refuseAll(reason: string, againAt?: number): void {
    const { log, carrier } = this.parts;
    log.warn(`the wish of the fleet is refused: ${reason}`);
    for (const name of carrier.dataplanes) {
      this.obstacles.set(name, { outcome: 'refused', reason, ...(againAt !== undefined && { againAt }) });
    }
  }

  private async withdraw(name: string): Promise<void> {
    const { carrier, log } = this.parts;
    // Nothing is wanted of it that could fail.
    this.obstacles.delete(name);
    const { mark } = carrier.status(name);
    if (mark === undefined) return;
    this.withdrawing = mark;
    const isBack = await carrier.withdraw(name).finally(() => {
      this.withdrawing = undefined;
    });
    this.counts.withdrawn++;
    const what = isBack
      ? 'the wish from before the fleet takes its place'
      : 'there was none before it, and VPP is left as it is';
    log.info(`${name}: the wish of generation ${mark.generation} was withdrawn: ${what}`);
  }

  private async carryOut(name: string, target: Target, mark: Mark): Promise<void> {
    const { carrier, log } = this.parts;
    const { round } = this;
    const { confirmSeconds, confirmed, allowDeletions } = target;
    const isToConfirm = confirmSeconds !== undefined && confirmed !== true;
    const known = carrier.status(name);
    if (isSameMark(known.mark, mark)) {
      this.obstacles.delete(name);
      if (known.isUnconfirmed && known.end === undefined && !isToConfirm) await carrier.confirm(name);
      return;
    }
    const obstacle = this.obstacles.get(name);
    if (obstacle !== undefined && (obstacle.againAt ?? Number.POSITIVE_INFINITY) > performance.now()) return;
    const text = await this.text(name, mark);
    if (text === undefined) return;
    const answer = await carrier.apply(name, text, {
      mark,
      ...(isToConfirm && { confirmSeconds }),
      ...(allowDeletions !== undefined && { allowDeletions }),
    });
    this.counts[answer.kind]++;
    if (answer.kind === 'carried') {
      this.obstacles.delete(name);
      log.info(`${name}: generation ${mark.generation} is carried out`);
      return;
    }
    if (obstacle?.reason !== answer.reason) {
      log.warn(`${name}: generation ${mark.generation} is not carried out: ${answer.reason}`);
    }
    this.block(round, name, obstacleOf(answer));
  }

  /** Undefined where the store has no such wish, or another one in its place. Rejects while the store is away. */
  private async text(name: string, { sha256, generation }: Mark): Promise<string | undefined> {
    const { texts, log } = this.parts;
    const { round } = this;
    try {
      return await texts.read(sha256);
    } catch (error) {
      if (isStoreAway(error)) throw error;
      const reason = `its wish cannot be read: ${reasonOf(error)}`;
      log.warn(`${name}: generation ${generation} is refused: ${reason}`);
      this.block(round, name, { outcome: 'refused', reason, againAt: performance.now() + UNREADABLE_MS });
      this.counts.refused++;
      return undefined;
    }
  }

  private block(round: number, name: string, obstacle: Obstacle): void {
    if (this.round === round) this.obstacles.set(name, obstacle);
  }
}

function obstacleOf(answer: Exclude<Answer, { kind: 'carried' }>): Obstacle {
  const { kind, reason } = answer;
  if (kind === 'refused') return { outcome: 'refused', reason };
  return { outcome: answer.isAway ? 'waiting' : 'incomplete', reason, againAt: performance.now() + LATER_MS };
}
