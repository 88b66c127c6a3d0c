/** Physical interfaces, as VPP has them of type "dpdk": for programs that ask for some. */
import type { Device } from './interface.js';

/** Speeds in kbit/s, by the beginning of the name. */
const SPEEDS: readonly (readonly [begin: string, speed: number])[] = [
  ['GigabitEthernet', 1_000_000],
  ['TenGigabitEthernet', 10_000_000],
  ['TwentyFiveGigabitEthernet', 25_000_000],
  ['FortyGigabitEthernet', 40_000_000],
  ['HundredGigabitEthernet', 100_000_000],
];

export const PHYSICAL_MTU = 9000;

export function physicalDevice(name: string): Device {
  const [, speed] = SPEEDS.find(([begin]) => name.startsWith(begin)) ?? ['', 10_000_000];
  const takes = { takesMacs: true, takesPromisc: true, maxMtu: 9216 };
  return { type: 'dpdk', isEthernet: true, linkFollowsAdmin: true, queues: 1, speed, ...takes };
}
