/** Answers of the operations fleet.*, in the parts that are shown. */

import type { Tone } from '../../parts/tone.js';

/** In the order in which they are counted. */
export const STANDINGS = [
  ...(['applied', 'none', 'applying', 'behind', 'waiting'] as const),
  ...(['incomplete', 'refused', 'taken-back', 'lost', 'unseen'] as const),
];
export type Standing = (typeof STANDINGS)[number];

export const HEALTHS = ['ok', 'degraded', 'error'] as const;
export type Health = (typeof HEALTHS)[number];

export type RolloutState = 'running' | 'paused' | 'confirming' | 'done' | 'taking-back' | 'taken-back';

export interface Rollout {
  readonly generation: number;
  readonly state: RolloutState;
  readonly reason?: string;
  readonly wave: number;
  readonly waves: number;
  readonly agents: number;
  readonly since: string;
  readonly startedAt: string;
  readonly by: string;
  readonly comment?: string;
  readonly driver?: string;
  readonly wanted?: 'confirm' | 'take-back' | 'pause' | 'go-on';
  readonly rollbackTo?: number;
  readonly confirmBy?: string;
}

export interface OwnPart {
  readonly label: string;
  readonly store: 'connecting' | 'there' | 'away' | 'refused';
  readonly storeReason?: string;
  readonly since?: string;
  readonly generation?: number;
  readonly outcome?: Standing;
  readonly driving: boolean;
}

export interface FleetStatus {
  readonly on: boolean;
  readonly reason: string;
  readonly own?: OwnPart;
  readonly rollout?: Rollout;
  readonly driver?: string;
  readonly agents?: number;
  readonly counts?: Readonly<Partial<Record<Standing, number>>>;
  readonly health?: Readonly<Partial<Record<Health, number>>>;
  readonly drifted?: number;
  readonly progress?: { readonly given: number; readonly applied: number };
  readonly fleetReason?: string;
}

export interface Agent {
  readonly label: string;
  readonly standing: Standing;
  readonly assigned?: number;
  readonly generation?: number;
  readonly reason?: string;
  readonly at?: string;
  readonly vpp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly drift?: number;
  readonly health?: Health;
}

export interface AgentsPage {
  readonly agents: readonly Agent[];
  readonly total: number;
  readonly next?: string;
}

export const TONES: Readonly<Record<Standing | Health | RolloutState, Tone>> = {
  ...({ applied: 'good', applying: 'busy', behind: 'busy', waiting: 'busy', incomplete: 'bad' } as const),
  ...({ refused: 'bad', 'taken-back': 'bad', lost: 'bad', unseen: 'off', none: 'off' } as const),
  ...({ ok: 'good', degraded: 'busy', error: 'bad' } as const),
  ...({ running: 'busy', paused: 'busy', confirming: 'busy', done: 'good', 'taking-back': 'bad' } as const),
};

/** Whether nothing comes behind the state. */
export const isOver = (state: RolloutState): boolean => state === 'done' || state === 'taken-back';
