/** A contract client that makes memif interfaces and sockets, and takes them away after the test. */
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from './contract-client.js';

export const MASTER = 0;
export const SLAVE = 1;

export async function beginMemifs() {
  const vpp = await Contract.begin();
  const socket = async (is_add: boolean, socket_id: number, socket_filename = '') => {
    const retval = await vpp.retval('memif_socket_filename_add_del', { is_add, socket_id, socket_filename });
    if (is_add && retval === 0) vpp.afterwards('memif_socket_filename_add_del', { is_add: false, socket_id });
    return retval;
  };
  const make = async (fields: Fields, request = 'memif_create_v2') => {
    const made = await vpp.ask(request, fields);
    if (made.retval === 0) vpp.afterwards('memif_delete', { sw_if_index: made.sw_if_index });
    return made;
  };
  const sockets = async () => (await vpp.dump('memif_socket_filename_dump')).map((each) => Number(each.socket_id));
  const dump = async (swIfIndex: number) =>
    (await vpp.dump('memif_dump')).find(({ sw_if_index }) => sw_if_index === swIfIndex);
  const up = (sw_if_index: number, flags = 1) => vpp.retval('sw_interface_set_flags', { sw_if_index, flags });
  return { vpp, socket, make, sockets, dump, up };
}
