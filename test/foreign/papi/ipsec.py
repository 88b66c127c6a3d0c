"""IPsec: security associations, a route-based tunnel that they protect, and a policy database on an interface."""

from transcript import Transcript

ESP, AES_CBC_128, SHA1_96 = 50, 1, 2
KEY = {"length": 16, "data": bytes(range(16))}
OTHER_KEY = {"length": 20, "data": bytes(range(20))}


def association(number, spi, **more):
    return {
        **{"sad_id": number, "spi": spi, "protocol": ESP, "crypto_algorithm": AES_CBC_128, "crypto_key": KEY},
        **{"integrity_algorithm": SHA1_96, "integrity_key": OTHER_KEY, "flags": 0, "salt": 0},
        **{"udp_src_port": 4500, "udp_dst_port": 4500, "anti_replay_window_size": 64, "tunnel": {}, **more},
    }


with Transcript("ipsec") as vpp:
    loop = vpp.made("create_loopback_instance", is_specified=True, user_instance=70)
    vpp.call("sw_interface_add_del_address", sw_if_index=loop, is_add=True, prefix="192.0.2.1/24")
    for number, spi in ((10, 1000), (20, 2000)):
        print(number, vpp.vpp.api.ipsec_sad_entry_add_v2(entry=association(number, spi)).retval)
    print("again", vpp.vpp.api.ipsec_sad_entry_add_v2(entry=association(10, 3000)).retval)
    short = {"length": 5, "data": bytes(5)}
    print("short key", vpp.vpp.api.ipsec_sad_entry_add_v2(entry=association(30, 3000, crypto_key=short)).retval)

    ipip = vpp.made("ipip_add_tunnel", tunnel={"instance": 9, "src": "192.0.2.1", "dst": "192.0.2.9", "table_id": 0})
    vpp.call("ipsec_tunnel_protect_update", tunnel={"sw_if_index": ipip, "nh": "0.0.0.0", "sa_out": 10, "n_sa_in": 1, "sa_in": [20]})
    vpp.call("ipsec_tunnel_protect_update", tunnel={"sw_if_index": ipip, "nh": "0.0.0.0", "sa_out": 10, "n_sa_in": 1, "sa_in": [77]})
    vpp.call("ipsec_tunnel_protect_dump", sw_if_index=ipip)
    vpp.call("sw_interface_set_flags", sw_if_index=ipip, flags=1)
    vpp.call("sw_interface_set_unnumbered", sw_if_index=loop, unnumbered_sw_if_index=ipip, is_add=True)
    vpp.call("sw_interface_dump", sw_if_index=ipip)
    for each in sorted(vpp.vpp.api.ipsec_sa_v5_dump(sa_id=0xFFFFFFFF), key=lambda each: each.entry.sad_id):
        entry = each.entry
        print(" ", entry.sad_id, entry.spi, entry.crypto_algorithm.name, entry.integrity_algorithm.name, int(entry.flags))
        print("   ", vpp.text("", entry.tunnel), vpp.name_of(each.sw_if_index))
    vpp.call("ipsec_sad_entry_del", id=10)

    vpp.call("ipsec_spd_add_del", is_add=True, spd_id=1)
    vpp.call("ipsec_spd_add_del", is_add=True, spd_id=1)
    vpp.call("ipsec_interface_add_del_spd", is_add=True, sw_if_index=loop, spd_id=1)
    vpp.call("ipsec_spd_entry_add_del_v2", is_add=True, entry={
        **{"spd_id": 1, "priority": 100, "is_outbound": True, "sa_id": 0, "policy": 0, "protocol": 50},
        **{"remote_address_start": "0.0.0.0", "remote_address_stop": "255.255.255.255"},
        **{"local_address_start": "0.0.0.0", "local_address_stop": "255.255.255.255"},
        **{"remote_port_start": 0, "remote_port_stop": 65535, "local_port_start": 0, "local_port_stop": 65535},
    })
    vpp.call("ipsec_spds_dump")
    vpp.call("ipsec_spd_interface_dump", spd_index=0, spd_index_valid=0)
    vpp.call("ipsec_interface_add_del_spd", is_add=False, sw_if_index=loop, spd_id=1)
    vpp.call("ipsec_spd_add_del", is_add=False, spd_id=1)
    vpp.call("ipsec_spd_add_del", is_add=False, spd_id=1)

    vpp.call("ipsec_tunnel_protect_del", sw_if_index=ipip, nh="0.0.0.0")
    vpp.call("ipsec_tunnel_protect_del", sw_if_index=ipip, nh="0.0.0.0")
    for number in (30, 20, 10):
        vpp.call("ipsec_sad_entry_del", id=number)
    vpp.call("ipip_del_tunnel", sw_if_index=ipip)
    vpp.call("delete_loopback", sw_if_index=loop)
