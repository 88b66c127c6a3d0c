/** The operations wish.* as programs of another process call them. */

import type { Operation, z } from '../../sdk/index.js';
import type * as declared from './declarations.js';

interface Call<O extends Operation> {
  readonly input: z.input<O['input']>;
  readonly output: z.output<O['output']>;
}

/** Input and output of each, by its name. */
export interface WishCalls {
  readonly 'wish.validate': Call<typeof declared.wishValidate>;
  readonly 'wish.plan': Call<typeof declared.wishPlan>;
  readonly 'wish.apply': Call<typeof declared.wishApply>;
  readonly 'wish.confirm': Call<typeof declared.wishConfirm>;
  readonly 'wish.rollback': Call<typeof declared.wishRollback>;
  readonly 'wish.drift': Call<typeof declared.wishDrift>;
  readonly 'wish.adopt': Call<typeof declared.wishAdopt>;
  readonly 'wish.history': Call<typeof declared.wishHistory>;
  readonly 'wish.show': Call<typeof declared.wishShow>;
  readonly 'wish.status': Call<typeof declared.wishStatus>;
}
