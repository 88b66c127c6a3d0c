import { expect, it } from 'vitest';
import { commandHoldsSecret, holdsSecret } from '../../../src/cli/repl/holds-secret.js';

it.each([
  'call add_user password=hunter2',
  'ipsec_sad_entry_add_v2 entry.sad_id=1 entry.crypto_key.data=0xdead',
  'call wireguard_peer_add \'{"peer": {"preshared_key": "x"}}\'',
  `call m '{"psk" : "x"}'`,
  'op user add joe --password hunter2',
  'op user add joe --api-key=x',
  'ikev2_profile_set_auth name=pr1 auth_method=2 is_hex=false data=hunter2',
  'call bfd_auth_set_key conf_key_id=1 key_len=3 auth_type=4 key=0x010203',
  'bfd_auth_set_key \'{"key": "0x010203"}\'',
  'app_add_cert_key_pair cert_len=3 certkey=0xdead',
  'lisp_add_del_local_eid locator_set_name=a key.id=1 key.key=0x01',
  "cli_inband cmd='wireguard create listen-port 51820 private-key abc src 192.0.2.1'",
  "call cli_inband cmd='ikev2 profile set pr1 auth shared-key-mic string hunter2'",
  `cli_inband '{"cmd": "ipsec sa add 1 crypto-key 4a50 integ-key 4339"}'`,
])('%s: is not kept', (line) => expect(holdsSecret(line)).toBe(true));

it.each([
  'sw_interface_set_flags sw_if_index=1 flags=ADMIN_UP',
  'call cnat_set_snat_addresses snat_ip6=2001:db8::1',
  'op route add 10.0.0.0/8 --token-file ~/write-token',
  'op route add 10.0.0.0/8 --token-file=write-token',
  'describe ipsec_sa_set_crypto_key',
  'describe bfd_auth_set_key',
  'bfd_auth_del_key conf_key_id=1',
  'gre_tunnel_add_del_v2 tunnel.key=7',
  "cli_inband cmd='show version'",
])('%s: is kept', (line) => expect(holdsSecret(line)).toBe(false));

it.each([
  'wireguard create listen-port 51820 private-key abc src 192.0.2.1',
  'ikev2 profile set pr1 auth shared-key-mic string hunter2',
  'ipsec sa add 1 spi 1 crypto-alg aes-cbc-128 crypto-key 4a50 integ-key 4339',
  'bfd key set conf-key-id 1 type keyed-sha1 secret 3132',
])("VPP's %s: is not kept", (line) => expect(commandHoldsSecret(line)).toBe(true));

it.each(['show interface', 'show ipsec sa 0', 'ikev2 set local key /etc/vpp/key.pem', 'show bfd keys'])(
  "VPP's %s: is kept",
  (line) => expect(commandHoldsSecret(line)).toBe(false),
);
