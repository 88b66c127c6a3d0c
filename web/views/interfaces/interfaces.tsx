/** The view Interfaces: the list, or one of them. */

import { InterfaceList } from './list.js';
import { InterfacePage } from './page.js';

export function Interfaces({ rest: [index] }: { readonly rest: readonly string[] }) {
  return index ? <InterfacePage key={index} index={index} /> : <InterfaceList />;
}
