"""As the progressive tutorial hides an inside behind an outside address, by both of VPP's plugins for it."""

from transcript import Transcript

INSIDE, OUTSIDE = 0x20, 0x10
ADDR_ONLY = 0x08

with Transcript("source-nat") as vpp:
    inside, outside = [vpp.made("create_loopback_instance", is_specified=True, user_instance=40 + n) for n in range(2)]
    vpp.call("sw_interface_add_del_address", sw_if_index=inside, is_add=True, prefix="10.10.2.2/24")
    vpp.call("sw_interface_add_del_address", sw_if_index=outside, is_add=True, prefix="10.10.1.2/24")

    # Nothing works before the plugin is enabled.
    vpp.call("nat44_interface_add_del_feature", is_add=True, flags=INSIDE, sw_if_index=inside)
    vpp.call("nat44_add_del_interface_addr", is_add=True, sw_if_index=outside)
    vpp.call("nat44_ed_plugin_enable_disable", enable=True, sessions=10000)
    vpp.call("nat44_ed_plugin_enable_disable", enable=True, sessions=10000)
    vpp.call("nat44_show_running_config")
    vpp.call("nat44_add_del_interface_addr", is_add=True, sw_if_index=outside)
    vpp.call("nat44_interface_addr_dump")
    vpp.call("nat44_address_dump")
    vpp.call("nat44_interface_add_del_feature", is_add=True, flags=INSIDE, sw_if_index=inside)
    vpp.call("nat44_interface_add_del_feature", is_add=True, flags=OUTSIDE, sw_if_index=outside)
    vpp.call("nat44_interface_dump")
    vpp.call("nat44_add_del_address_range", is_add=True, first_ip_address="10.10.1.10", last_ip_address="10.10.1.12", vrf_id=0xFFFFFFFF)
    vpp.call("nat44_add_del_address_range", is_add=True, first_ip_address="10.10.1.12", last_ip_address="10.10.1.10", vrf_id=0xFFFFFFFF)
    vpp.call("nat44_address_dump")

    mapping = {"local_ip_address": "10.10.2.1", "protocol": 6, "local_port": 22, "vrf_id": 0}
    vpp.call("nat44_add_del_static_mapping_v2", is_add=True, external_sw_if_index=outside, external_port=2222, tag="ssh", **mapping)
    by_address = {"external_sw_if_index": 0xFFFFFFFF, "external_ip_address": "10.10.1.77", "external_port": 22}
    vpp.call("nat44_add_del_static_mapping_v2", is_add=True, **by_address, **mapping)
    vpp.call("nat44_add_del_static_mapping_v2", is_add=True, **by_address, **mapping)
    vpp.call("nat44_static_mapping_dump")
    vpp.call("nat44_add_del_identity_mapping", is_add=True, sw_if_index=outside, protocol=17, port=500, vrf_id=0)
    vpp.call("nat44_identity_mapping_dump")
    vpp.call("nat_set_timeouts", udp=300, tcp_established=7440, tcp_transitory=240, icmp=60)
    vpp.call("nat44_forwarding_enable_disable", enable=True)
    vpp.call("nat44_show_running_config")
    vpp.call("nat44_user_dump")
    vpp.call("nat44_add_del_static_mapping_v2", is_add=False, **by_address, **mapping)
    vpp.call("nat44_add_del_static_mapping_v2", is_add=False, **by_address, **mapping)
    vpp.call("nat44_add_del_address_range", is_add=False, first_ip_address="10.10.1.10", last_ip_address="10.10.1.12", vrf_id=0xFFFFFFFF)
    vpp.call("nat44_interface_add_del_feature", is_add=False, flags=INSIDE, sw_if_index=inside)
    vpp.call("nat44_interface_dump")
    vpp.call("nat44_ed_plugin_enable_disable", enable=False)
    vpp.call("nat44_interface_addr_dump")

    vpp.call("nat44_ei_plugin_enable_disable", enable=True)
    vpp.call("nat44_ei_add_del_interface_addr", is_add=True, sw_if_index=outside)
    vpp.call("nat44_ei_interface_add_del_feature", is_add=True, flags=1, sw_if_index=inside)
    vpp.call("nat44_ei_interface_add_del_feature", is_add=True, flags=2, sw_if_index=outside)
    vpp.call("nat44_ei_interface_dump")
    vpp.call("nat44_ei_address_dump")
    vpp.call("nat44_ei_show_running_config")
    vpp.call("nat44_ei_plugin_enable_disable", enable=False)
    for loop in (inside, outside):
        vpp.call("delete_loopback", sw_if_index=loop)
