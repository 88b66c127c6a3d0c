/** capture.conf: limits of packet traces and captures, and where VPP's files are. */

import { z } from 'zod';
import { duration } from '../../sdk/index.js';

export const captureConfig = z.object({
  'time-limit': duration()
    .default('1m')
    .describe('How long a packet trace or capture lasts at most, where its caller does not say'),
  'longest-time': duration().default('1h').describe('Longest time that a caller may ask for'),
  'most-packets': z.int().min(1).max(100_000).default(1000).describe('Packets of a trace at most; each takes some kB'),
  'vpp-tmp': z
    .string()
    .min(1)
    .default('/tmp')
    .describe("Where VPP's /tmp is seen from here: VPP writes captures there, and each file is read and deleted"),
});

export type CaptureConfig = z.output<typeof captureConfig>;
