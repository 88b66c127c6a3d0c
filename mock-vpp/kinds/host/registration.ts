/** Registration of clients, and VPP's facts about itself. */
import type { Call } from '../../handlers/call.js';
import { GARBAGE } from '../../handlers/garbage.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { outgoing } from '../../wire/outgoing.js';

const NAME_AT = 6;
const NAME_END = 70;

export const registration = defineKind({
  name: 'registration',
  title: 'registration',
  handlers: {
    // A second one on the same socket is answered with the table and the same index again.
    sockclnt_create: { raw: (call) => void create(call) },

    sockclnt_delete: (fields, { vpp, client }) => {
      const index = Number(fields.index);
      const known = index === client.registration;
      if (!known && vpp.hasClient(index)) {
        vpp.warn(
          `${client.name} asked to delete the registration of another (0x${index.toString(16)}); VPP would abort`,
        );
      }
      if (known) queueMicrotask(() => client.finish());
      return { response: known ? 1 : -1 };
    },

    control_ping: (_, { vpp }) => ({ client_index: GARBAGE, vpe_pid: vpp.pid }),

    // VPP 26.06 has this list, but nothing fills it.
    api_versions: () => ({ count: 0, api_versions: [] }),

    // VPP's names are module_crc, where the crc is of its C file: any will do here.
    get_first_msg_id: (fields, { vpp }) => {
      const module = /^(.*)_[0-9a-f]{8}$/.exec(String(fields.name))?.[1];
      const range = vpp.table.ranges.find((each) => each.module === module && module !== 'memclnt');
      return range ? { first_msg_id: range.first } : { retval: Retval.INVALID_VALUE, first_msg_id: 0xffff };
    },

    get_api_json: (_, call) => void sendApiJson(call),
  },
});

function create({ vpp, client, context, bytes, start, end }: Call): void {
  const name = bytes.toString('latin1', start + NAME_AT, Math.min(end, start + NAME_END));
  client.name = name.slice(0, `${name}\0`.indexOf('\0'));
  client.sendBodyFor('sockclnt_create', [vpp.handshakeReply(context, client.registration)]);
}

/** The text in VPP's memory ends with a NUL, which is sent along: one byte more than the definition has. */
function sendApiJson({ vpp, client, context }: Call): void {
  const reply = outgoing(vpp.schema, vpp.table, 'get_api_json_reply');
  if (reply === undefined) return;
  const json = `[\n${vpp.apiTexts().join(',')}]`;
  client.sendBodyFor('get_api_json', [reply.message.encode({ _vl_msg_id: reply.id, context, json }), Buffer.alloc(1)]);
}
