/** Answers of the operations wish.*, in the parts that are shown. */

import type { Tone } from '../../parts/tone.js';

export type ObjectState = 'applied' | 'failed' | 'uncertain' | 'pending' | 'drifted';

export interface Unconfirmed {
  readonly revision: number;
  readonly seconds: number;
  readonly until?: string;
  readonly back?: number;
}

export interface WishedObject {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly state: ObjectState;
  readonly reason?: string;
  readonly needs: readonly string[];
}

export interface WishStatus {
  readonly state: 'none' | 'waiting' | 'working' | 'applied' | 'incomplete' | 'drifted' | 'error';
  readonly reason: string;
  readonly revision?: number;
  readonly since?: string;
  readonly unconfirmed?: Unconfirmed;
  readonly counts: Readonly<Record<ObjectState, number>>;
  readonly checkedAt?: string;
  readonly nextCheckAt?: string;
  readonly autoCorrect: string;
  readonly objects?: readonly WishedObject[];
  readonly next?: string;
}

export interface Change {
  readonly action: 'create' | 'change' | 'delete';
  readonly key: string;
  readonly reason: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly messages: readonly {
    readonly name: string;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly stopsWorkers: boolean;
  }[];
}

export interface Plan {
  readonly changes: readonly Change[];
  readonly counts: {
    readonly create: number;
    readonly change: number;
    readonly delete: number;
    readonly pending: number;
  };
  readonly pending: readonly { readonly key: string; readonly reason: string }[];
  readonly refusal?: string;
}

export const TONES: Readonly<Record<ObjectState | WishStatus['state'], Tone>> = {
  applied: 'good',
  working: 'busy',
  waiting: 'busy',
  pending: 'busy',
  uncertain: 'busy',
  incomplete: 'bad',
  drifted: 'bad',
  failed: 'bad',
  error: 'bad',
  none: 'off',
};
