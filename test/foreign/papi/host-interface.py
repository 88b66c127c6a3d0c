"""As the progressive tutorial creates an interface: a veth of the host, an address, what VPP then knows."""

from transcript import Transcript

with Transcript("host-interface") as vpp:
    out = vpp.made(
        "af_packet_create_v3", mode=1, host_if_name="vppmux0", hw_addr="02:00:00:00:00:01", use_random_hw_addr=False
    )
    vpp.call("sw_interface_set_flags", sw_if_index=out, flags=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=out, is_add=True, prefix="10.10.1.2/24")
    vpp.cli("show interface address")
    vpp.cli("show ip neighbors")
    vpp.call("ip_address_dump", sw_if_index=out, is_ipv6=False)
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
    vpp.call("ip_route_lookup_v2", table_id=0, exact=0, prefix="10.10.1.77/32")
    # The same again, another name, and what the host does not have.
    vpp.call("af_packet_create_v3", mode=1, host_if_name="vppmux0", use_random_hw_addr=True)
    vpp.call("af_packet_create_v3", mode=1, host_if_name="no/such", use_random_hw_addr=True)
    vpp.call("af_packet_dump")
    vpp.call("sw_interface_add_del_address", sw_if_index=out, is_add=True, prefix="10.10.1.2/24")
    vpp.call("sw_interface_add_del_address", sw_if_index=out, is_add=False, prefix="10.10.1.3/24")
    vpp.call("sw_interface_add_del_address", sw_if_index=out, del_all=True, prefix="0.0.0.0/0")
    vpp.call("ip_address_dump", sw_if_index=out, is_ipv6=False)
    vpp.call("af_packet_delete", host_if_name="vppmux0")
    vpp.call("af_packet_delete", host_if_name="vppmux0")
