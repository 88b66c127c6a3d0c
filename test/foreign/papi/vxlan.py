"""Tunnels: VXLAN into a bridge domain, GRE with addresses, and what the same tunnel twice is."""

from transcript import Transcript

with Transcript("vxlan") as vpp:
    loop = vpp.made("create_loopback_instance", is_specified=True, user_instance=60)
    vpp.call("sw_interface_set_flags", sw_if_index=loop, flags=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=loop, is_add=True, prefix="10.1.1.1/32")
    tunnel = {"src_address": "10.1.1.1", "dst_address": "10.1.1.2", "encap_vrf_id": 0, "decap_next_index": 0xFFFFFFFF}
    overlay = vpp.made("vxlan_add_del_tunnel_v3", is_add=True, instance=7, vni=13, **tunnel)
    vpp.call("vxlan_add_del_tunnel_v3", is_add=True, instance=8, vni=13, **tunnel)
    vpp.call("vxlan_add_del_tunnel_v3", is_add=True, instance=7, vni=14, **tunnel)
    second = vpp.made("vxlan_add_del_tunnel_v3", is_add=True, instance=9, vni=14, **tunnel)
    vpp.call("vxlan_add_del_tunnel_v3", is_add=True, vni=1 << 24, **tunnel)
    vpp.call("vxlan_tunnel_v2_dump", sw_if_index=0xFFFFFFFF)
    port, bvi = [vpp.made("create_loopback_instance", is_specified=True, user_instance=61 + n) for n in range(2)]
    for member in (overlay, port, second):
        vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=member, bd_id=13, shg=1 if member != port else 0, enable=True)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=bvi, bd_id=13, port_type=1, enable=True)
    vlan = vpp.made("create_vlan_subif", sw_if_index=port, vlan_id=13)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=vlan, bd_id=13, enable=True)
    vpp.call("bridge_domain_dump", bd_id=13)
    vpp.call("sw_interface_dump", sw_if_index=overlay)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=second, bd_id=13, enable=False)
    vpp.call("bridge_domain_dump", bd_id=13)

    gre = vpp.made("gre_tunnel_add_del_v2", is_add=True, tunnel={"type": 0, "instance": 3, "src": "10.1.1.1", "dst": "10.1.1.3"})
    vpp.call("sw_interface_set_flags", sw_if_index=gre, flags=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=gre, is_add=True, prefix="172.16.0.1/30")
    vpp.call("gre_tunnel_dump_v2", sw_if_index=gre)
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
    vpp.call("sw_interface_dump", sw_if_index=gre)
    vpp.call("gre_tunnel_add_del_v2", is_add=False, tunnel={"type": 0, "src": "10.1.1.1", "dst": "10.1.1.3"})
    vpp.call("gre_tunnel_add_del_v2", is_add=False, tunnel={"type": 0, "src": "10.1.1.1", "dst": "10.1.1.3"})

    # In the reverse order, as indices are given out again.
    for vni in (1 << 24, 15, 14, 13):
        vpp.call("vxlan_add_del_tunnel_v3", is_add=False, vni=vni, **tunnel)
    vpp.call("bridge_domain_dump", bd_id=13)
    vpp.call("delete_subif", sw_if_index=vlan)
    for each in (port, bvi, loop):
        vpp.call("delete_loopback", sw_if_index=each)
    vpp.call("bridge_domain_add_del_v2", bd_id=13, is_add=False)
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
