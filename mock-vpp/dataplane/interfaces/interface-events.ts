/**
 * Changes of interfaces that clients have no event of yet. As in VPP, several changes of one interface make
 * one event, and its flags are those that came up (not the interface's state).
 */
export const InterfaceChange = {
  LINK_UP: 1,
  LINK_DOWN: 2,
  ADMIN_UP: 4,
  ADMIN_DOWN: 8,
  ADDED: 16,
  DELETED: 32,
} as const;

export interface InterfaceEvent {
  readonly sw_if_index: number;
  /** 1: admin up, 2: link up. */
  readonly flags: number;
  readonly deleted: boolean;
}

export class InterfaceEvents {
  private readonly pending = new Map<number, number>();
  /** Called when there is something to take. */
  onPending: () => void = () => {};

  add(swIfIndex: number, happened: number): void {
    this.pending.set(swIfIndex, (this.pending.get(swIfIndex) ?? 0) | happened);
    this.onPending();
  }

  get any(): boolean {
    return this.pending.size > 0;
  }

  /** Takes all, by rising sw_if_index. */
  take(): InterfaceEvent[] {
    const events = [...this.pending]
      .sort(([a], [b]) => a - b)
      .map(([swIfIndex, bits]) => ({
        sw_if_index: swIfIndex,
        flags: (bits & InterfaceChange.ADMIN_UP ? 1 : 0) | (bits & InterfaceChange.LINK_UP ? 2 : 0),
        deleted: (bits & InterfaceChange.DELETED) !== 0,
      }));
    this.pending.clear();
    return events;
  }
}
