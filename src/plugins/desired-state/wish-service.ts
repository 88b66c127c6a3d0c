/** The service `Wishes`, over the controller. */

import { fault, type Wishes as WishesService, type WishesStatus } from '../../sdk/index.js';
import type { Controller } from './controller.js';
import { briefStatus } from './status.js';
import type { VppSession } from './vpp-sessions.js';

type Vpp = { readonly present: VppSession | undefined };

export interface WishService extends WishesService {
  /** Calls the listeners. */
  changed(): void;
}

export function wishService(controller: Controller, vpp: Vpp, onFault: (error: unknown) => void): WishService {
  const listeners = new Set<() => void>();
  return {
    async ready() {
      if (controller.keeper === undefined && controller.trouble === undefined) await controller.start();
      // The controller itself reads it again, at its own pace.
      if (controller.keeper === undefined) throw fault('EIO', controller.trouble ?? 'the wishes cannot be read');
    },
    get status() {
      return statusOf(controller, vpp);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async apply(text, options) {
      await controller.apply(text, options);
    },
    async confirm(by) {
      await controller.confirm(undefined, by);
    },
    withdraw: (by) => controller.withdraw(by),
    changed() {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          onFault(error);
        }
      }
    },
  };
}

function statusOf(controller: Controller, vpp: Vpp): WishesStatus {
  const { keeper, carrier } = controller;
  const { origin, unconfirmed } = keeper?.state ?? {};
  return {
    ...briefStatus({ controller, vpp }),
    ...(keeper?.present && { revision: keeper.present.revision }),
    isUnconfirmed: unconfirmed !== undefined,
    drifted: carrier?.states.counts.drifted ?? 0,
    ...(origin && { origin: { text: origin.text, ...(origin.end && { end: origin.end }) } }),
  };
}
