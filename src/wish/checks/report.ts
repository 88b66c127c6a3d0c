/** Collects mistakes of one object, each with the object's name in front. */

import type { Problem } from '../problem.js';

type Path = Problem['path'];

export class Report {
  constructor(
    private readonly problems: Problem[],
    /** `interface GigabitEthernet3/0/0` */
    private readonly subject: string,
    private readonly path: Path,
  ) {}

  /** Adds a mistake if it `isOne`; `at` leads to the value beneath the object. */
  when(isOne: boolean, text: string, ...at: Path): void {
    if (isOne) this.problems.push({ path: [...this.path, ...at], message: `${this.subject} ${text}` });
  }
}

const MULTICAST = 1;

/** A mistake where an interface is given a multicast address. */
export function checkMac(report: Report, mac: string | undefined, what = 'MAC address', at: Path = ['mac']): void {
  const isMulticast = mac !== undefined && (Number.parseInt(mac.slice(0, 2), 16) & MULTICAST) !== 0;
  report.when(isMulticast, `${what} ${mac} cannot be multicast`, ...at);
}

/** A mistake where the number in a name is larger than VPP takes. */
export function checkInstance(report: Report, name: string, most: number): void {
  const digits = name.replace(/^[A-Za-z_]+/, '');
  report.when(Number(digits) > most, `has instance ${digits}, which is too large: ${most} at most`);
}
