"""As the progressive tutorial switches, with loopbacks for ports: bridge domains, a BVI, the L2 FIB, VLANs, cross-connects."""

from transcript import Transcript

POP_1 = 3

with Transcript("switching") as vpp:
    ports = [vpp.made("create_loopback_instance", is_specified=True, user_instance=30 + n) for n in range(4)]
    vpp.call("bridge_domain_dump", bd_id=0xFFFFFFFF)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=ports[0], bd_id=0, enable=True)
    vpp.call("bridge_domain_add_del_v2", is_add=True, bd_id=10, flood=True, uu_flood=True, forward=True, learn=True, bd_tag="lan")
    vpp.call("bridge_domain_add_del_v2", is_add=True, bd_id=10, flood=True)
    for port in ports[:2]:
        vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=port, bd_id=10, enable=True, port_type=0)
        vpp.call("sw_interface_set_flags", sw_if_index=port, flags=1)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=ports[2], bd_id=10, enable=True, port_type=1)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=ports[3], bd_id=10, enable=True, port_type=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=ports[2], is_add=True, prefix="10.10.1.2/24")
    vpp.call("sw_interface_set_flags", sw_if_index=ports[2], flags=1)
    vpp.call("bridge_domain_dump", bd_id=10)

    vpp.call("l2fib_add_del", mac="02:00:00:00:03:01", bd_id=10, sw_if_index=ports[0], is_add=True, static_mac=True)
    vpp.call("l2fib_add_del", mac="02:00:00:00:03:02", bd_id=10, sw_if_index=ports[1], is_add=True, filter_mac=True)
    vpp.call("l2fib_add_del", mac="02:00:00:00:03:03", bd_id=99, sw_if_index=ports[1], is_add=True)
    vpp.call("l2_fib_table_dump", bd_id=10)
    vpp.call("bridge_flags", bd_id=10, is_set=True, flags=16)
    vpp.call("bridge_domain_set_mac_age", bd_id=10, mac_age=5)
    vpp.call("bd_ip_mac_add_del", is_add=True, entry={"bd_id": 10, "ip": "10.10.1.9", "mac": "02:00:00:00:03:09"})
    vpp.call("bd_ip_mac_dump", bd_id=10)

    vlan = vpp.made("create_vlan_subif", sw_if_index=ports[3], vlan_id=100)
    qinq = vpp.made("create_subif", sw_if_index=ports[3], sub_id=200, sub_if_flags=2 | 16, outer_vlan_id=200, inner_vlan_id=300)
    vpp.call("create_vlan_subif", sw_if_index=ports[3], vlan_id=100)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=vlan, bd_id=10, enable=True, shg=1)
    vpp.call("l2_interface_vlan_tag_rewrite", sw_if_index=vlan, vtr_op=POP_1, push_dot1q=0, tag1=0, tag2=0)
    vpp.call("sw_interface_dump", sw_if_index=vlan)
    vpp.call("sw_interface_set_l2_xconnect", rx_sw_if_index=qinq, tx_sw_if_index=ports[0], enable=True)
    vpp.call("l2_xconnect_dump")
    vpp.call("bridge_domain_dump", bd_id=10)
    vpp.call("sw_interface_dump", sw_if_index=qinq)

    # The next domain with the same index would inherit them.
    for mac, port in (("02:00:00:00:03:01", ports[0]), ("02:00:00:00:03:02", 0)):
        vpp.call("l2fib_add_del", mac=mac, bd_id=10, sw_if_index=port, is_add=False)
    vpp.call("l2_fib_table_dump", bd_id=10)
    vpp.call("bridge_domain_set_mac_age", bd_id=10, mac_age=0)
    vpp.call("bridge_domain_add_del_v2", is_add=False, bd_id=10)
    for port in [vlan, *ports[:3]]:
        vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=port, bd_id=10, enable=False)
    vpp.call("bridge_domain_add_del_v2", is_add=False, bd_id=10)
    vpp.call("sw_interface_set_l2_xconnect", rx_sw_if_index=qinq, tx_sw_if_index=ports[0], enable=False)
    vpp.call("delete_subif", sw_if_index=qinq)
    vpp.call("delete_subif", sw_if_index=ports[0])
    vpp.call("delete_subif", sw_if_index=vlan)
    for port in ports:
        vpp.call("delete_loopback", sw_if_index=port)
    vpp.call("bridge_domain_dump", bd_id=0xFFFFFFFF)
