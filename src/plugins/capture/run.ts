/** The work that is done under a lease, and the lease with it. */

import type { Channel } from '../../mux/index.js';
import type { Fault } from '../../sdk/index.js';
import type { CaptureKind, Lease } from './lease.js';
import type { Traces } from './undo.js';
import type { VppFiles } from './vpp-files.js';

/** The work of a lease. */
export interface Run {
  readonly kind: CaptureKind;
  readonly traces: Traces;
  begin(): Promise<void>;
  /** Takes over what VPP has, and undoes everything there. */
  finish(): Promise<void>;
  /** VPP is another one now. */
  lost?(): void;
}

export interface Held<R extends Run = Run> {
  readonly lease: Lease;
  readonly run: R;
  /** Why it has ended; undefined while it goes on. */
  ended?: string;
  /** The error that ended it, if one did. */
  failure?: Fault;
  /** It is being undone. */
  isFinishing?: boolean;
}

/** Parts that a run is made of. */
export interface RunParts {
  readonly id: string;
  readonly channel: Channel;
  readonly files: VppFiles;
  /** Ends the run. */
  readonly ended: (reason: string | Fault) => void;
}
