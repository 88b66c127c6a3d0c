/** A call of an operation as any other program could send it, for whoever is about to send it. */

import { dataplane } from '../feed/dataplane.js';
import { prefixOf } from '../feed/dataplane-paths.js';

export const sentText = (operation: string, input: unknown): string =>
  `POST ${prefixOf(dataplane.current)}/api/${operation.replaceAll('.', '/')}\n${JSON.stringify(input, null, 2)}`;
