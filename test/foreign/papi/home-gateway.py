"""As VPP's page about a home gateway: a trunk with a DHCP client, a BVI with its ports, NAT, DNS, IPv6."""

from transcript import Transcript

NAT_INSIDE, NAT_OUTSIDE = 0x20, 0x10

with Transcript("home-gateway") as vpp:
    trunk, *ports = [vpp.made("create_loopback_instance", is_specified=True, user_instance=50 + n) for n in range(4)]
    vpp.call("sw_interface_set_mac_address", sw_if_index=trunk, mac_address="48:f8:b3:00:01:01")
    vpp.call("dhcp_client_config", is_add=True, client={"sw_if_index": trunk, "hostname": "vpp1", "id": b"\1\2\3"})
    vpp.call("sw_interface_set_flags", sw_if_index=trunk, flags=1)
    vpp.call("dhcp_client_dump")

    bvi = vpp.made("bvi_create", mac="48:f8:b3:01:01:02", user_instance=5)
    vpp.call("bvi_create", mac="48:f8:b3:01:01:02", user_instance=5)
    vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=bvi, bd_id=1, port_type=1, enable=True)
    vpp.call("sw_interface_add_del_address", sw_if_index=bvi, is_add=True, prefix="192.168.1.1/24")
    vpp.call("sw_interface_set_flags", sw_if_index=bvi, flags=1)
    for port in ports:
        vpp.call("sw_interface_set_l2_bridge", rx_sw_if_index=port, bd_id=1, enable=True)
        vpp.call("sw_interface_set_flags", sw_if_index=port, flags=1)
    vpp.call("bridge_domain_dump", bd_id=1)
    vpp.call("l2_fib_table_dump", bd_id=1)

    vpp.call("nat44_forwarding_enable_disable", enable=True)
    vpp.call("nat44_ed_plugin_enable_disable", enable=True, sessions=63000)
    vpp.call("nat44_forwarding_enable_disable", enable=True)
    vpp.call("nat44_add_del_interface_addr", is_add=True, sw_if_index=trunk)
    vpp.call("nat44_interface_add_del_feature", is_add=True, flags=NAT_INSIDE, sw_if_index=bvi)
    vpp.call("nat44_interface_add_del_feature", is_add=True, flags=NAT_OUTSIDE, sw_if_index=trunk)
    for local, external in ((22342, 22342), (37979, 37979)):
        vpp.call(
            "nat44_add_del_static_mapping_v2",
            **{"is_add": True, "local_ip_address": "192.168.1.2", "local_port": local, "external_port": external},
            **{"external_sw_if_index": trunk, "protocol": 6, "vrf_id": 0, "tag": f"port {local}"},
        )
    vpp.call("nat44_static_mapping_dump")
    # The lease brings the trunk its address, and the mappings theirs.
    vpp.call("sw_interface_add_del_address", sw_if_index=trunk, is_add=True, prefix="198.51.100.2/24")
    vpp.call("nat44_address_dump")
    vpp.call("nat44_static_mapping_dump")
    vpp.call("nat44_interface_dump")

    vpp.call("dns_name_server_add_del", is_ip6=0, is_add=1, server_address=b"\x08\x08\x08\x08" + bytes(12))
    vpp.call("dns_enable_disable", enable=1)
    vpp.call("dns_enable_disable", enable=0)
    vpp.call("dns_name_server_add_del", is_ip6=0, is_add=0, server_address=b"\x08\x08\x08\x08" + bytes(12))

    vpp.call("sw_interface_ip6_enable_disable", sw_if_index=bvi, enable=True)
    vpp.call("sw_interface_ip6nd_ra_config", sw_if_index=bvi, managed=1, other=1, max_interval=30, min_interval=20, lifetime=180)
    vpp.call("sw_interface_ip6nd_ra_prefix", sw_if_index=bvi, prefix="2001:db8:1::/64", val_lifetime=100000, pref_lifetime=50000)
    tunnel = {"instance": 5, "src": "198.51.100.2", "dst": "203.0.113.9", "table_id": 0}
    ipip = vpp.made("ipip_add_tunnel", tunnel=tunnel)
    vpp.call("sw_interface_set_mtu", sw_if_index=ipip, mtu=[1390, 0, 0, 0])
    vpp.call("sw_interface_set_unnumbered", sw_if_index=trunk, unnumbered_sw_if_index=ipip, is_add=True)
    vpp.call("ip_unnumbered_dump")
    vpp.call("sw_interface_dump", sw_if_index=ipip)
    vpp.cli("show interface address")

    vpp.call("ipip_del_tunnel", sw_if_index=ipip)
    vpp.call("nat44_ed_plugin_enable_disable", enable=False)
    vpp.call("dhcp_client_config", is_add=False, client={"sw_if_index": trunk})
    vpp.call("dhcp_client_dump")
    for port in ports:
        vpp.call("delete_loopback", sw_if_index=port)
    vpp.call("bvi_delete", sw_if_index=bvi)
    vpp.call("delete_loopback", sw_if_index=trunk)
    vpp.call("bridge_domain_add_del_v2", bd_id=1, is_add=False)
