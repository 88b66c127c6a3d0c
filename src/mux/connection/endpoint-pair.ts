/**
 * The VPP that serves (or is tried) and the standby, where there is a backup. The primary goes first: the backup is connected to
 * when the primary has answered or failed, or its time for that is over.
 */

import type { Settings } from '../options.js';
import type { DataplaneRole, RedundancyStatus } from '../types.js';
import type { Dialled } from './dial.js';
import { FailBack } from './fail-back.js';
import type { StandbyView } from './redundancy.js';
import { Standby } from './standby.js';
import type { VppEndpoint } from './vpp-endpoint.js';

/** Callbacks of a pair. */
interface PairEvents {
  /** The standby has come, gone, or its health is another. */
  onStandby(): void;
  /** The primary has been healthy for long enough. */
  goBack(): void;
}

export class EndpointPair {
  private served: VppEndpoint;
  private readonly standby: Standby | undefined;
  private readonly failBack: FailBack | undefined;
  private reason = 'the primary serves first';
  private switches = 0;
  /** Timer of the head start that the primary has. */
  private grace: NodeJS.Timeout | undefined;
  private begun = false;

  constructor(
    private readonly settings: Settings,
    primary: VppEndpoint,
    backup: VppEndpoint | undefined,
    events: PairEvents,
  ) {
    this.served = primary;
    if (!backup || !settings.backup) return;
    this.failBack = new FailBack(settings.backup, () => events.goBack());
    this.standby = new Standby(backup, settings, () => events.onStandby());
  }

  /** VPP that serves, or is tried. */
  get serving(): VppEndpoint {
    return this.served;
  }

  /** Undefined without a backup. */
  get view(): StandbyView | undefined {
    if (!this.standby) return undefined;
    const { endpoint, isKnown, cell } = this.standby;
    const { state, reason } = cell.value;
    return { role: endpoint.role, socket: endpoint.socket, state, reason, isKnown, attempts: endpoint.attempts };
  }

  /** Undefined without a backup. */
  get status(): RedundancyStatus | undefined {
    if (!this.standby) return undefined;
    const { reason, switches, failBack } = this;
    const { socket, state, reason: why, since } = this.standby.cell.value;
    const standby = { socket, state, reason: why, since };
    return { role: this.served.role, reason, switches, failBackAt: failBack?.at, standby };
  }

  /** Begins the head start of the primary. */
  start(): void {
    if (!this.standby) return;
    const { health, connectTimeoutMs } = this.settings;
    const isProbed = health.probe !== false && health.intervalMs > 0;
    const bound = isProbed ? health.intervalMs * health.threshold + health.timeoutMs : connectTimeoutMs;
    this.grace = setTimeout(() => this.startStandby(), bound);
  }

  /** Connects to the standby, if that has not begun yet. */
  startStandby(): void {
    clearTimeout(this.grace);
    if (this.begun) return;
    this.begun = true;
    this.standby?.start();
  }

  /** Makes the standby the serving endpoint, and the other way round. Returns the link of the new one, which must be able to serve. */
  swap(reason: string, isPlanned: boolean): Dialled {
    const { standby, served: before } = this;
    const dialled = standby?.take();
    if (!standby || !dialled) throw new Error('a standby that cannot serve was to take over');
    const { endpoint: next } = standby;
    before.cancel();
    this.served = next;
    this.reason = reason;
    this.switches++;
    this.failBack?.onSwitch(next.role, isPlanned);
    standby.turnTo(before, reason);
    return dialled;
  }

  /** Begins or ends the wait for a fail-back, after the health of the standby has changed. */
  checkFailBack(): void {
    const { standby } = this;
    this.failBack?.look(standby?.endpoint.role === 'primary' && standby.isReady);
  }

  /** Notes that the program has chosen `role` itself. */
  pin(role: DataplaneRole): void {
    this.failBack?.pin(role);
  }

  /** Ends all attempts, and the standby's link. */
  stop(): void {
    clearTimeout(this.grace);
    this.failBack?.stop();
    this.standby?.stop();
    this.served.cancel();
  }

  /** Closes the standby gracefully within `timeoutMs`; nothing is switched any more. */
  async leave(timeoutMs: number): Promise<void> {
    clearTimeout(this.grace);
    this.failBack?.stop();
    await this.standby?.leave(timeoutMs);
  }
}
