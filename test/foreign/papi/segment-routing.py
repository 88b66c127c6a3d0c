"""SRv6: local SIDs, a policy of a list of segments, traffic steered into it; MPLS next to it."""

from transcript import Transcript

END, END_X, END_DT4 = 1, 2, 8
NO_INTERFACE = 0xFFFFFFFF

with Transcript("segment-routing", bootstrapapi=True) as vpp:
    loop = vpp.made("create_loopback_instance", is_specified=True, user_instance=90)
    vpp.call("sw_interface_set_flags", sw_if_index=loop, flags=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=loop, is_add=True, prefix="2001:db8::1/64")
    vpp.call("sr_set_encap_source", encaps_source="2001:db8::1")
    sid = {"is_del": False, "end_psp": False, "sw_if_index": NO_INTERFACE, "vlan_index": 0, "fib_table": 0}
    vpp.call("sr_localsid_add_del", localsid="fc00:1::1", behavior=END, **sid)
    vpp.call("sr_localsid_add_del", localsid="fc00:1::1", behavior=END, **sid)
    vpp.call("sr_localsid_add_del", localsid="fc00:1::4", behavior=END_DT4, **sid)
    vpp.call("sr_localsid_add_del", localsid="fc00:1::2", behavior=END_X, **{**sid, "sw_if_index": loop, "nh_addr": "2001:db8::2"})
    vpp.call("sr_localsids_dump")

    def sids(*addresses):
        return {"num_sids": len(addresses), "weight": 1, "sids": [*addresses, *["::"] * (16 - len(addresses))]}

    policy = {"bsid_addr": "fc00:9::1", "weight": 1, "is_encap": True, "type": 0, "fib_table": 0}
    vpp.call("sr_policy_add_v2", sids=sids("fc00:2::1", "fc00:3::1"), encap_src="2001:db8::1", **policy)
    vpp.call("sr_policy_add_v2", sids=sids("fc00:2::1"), encap_src="2001:db8::1", **policy)
    vpp.call("sr_policies_v2_dump")
    steer = {"bsid_addr": "fc00:9::1", "sr_policy_index": 0, "table_id": 0, "sw_if_index": 0}
    vpp.call("sr_steering_add_del", is_del=False, prefix="2001:db8:77::/48", traffic_type=6, **steer)
    vpp.call("sr_steering_add_del", is_del=False, prefix="10.77.0.0/16", traffic_type=4, **steer)
    vpp.call("sr_steering_add_del", is_del=False, prefix="10.77.0.0/16", traffic_type=4, **steer)
    vpp.call("sr_steering_pol_dump")
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": True})
    vpp.call("sr_steering_add_del", is_del=True, prefix="10.77.0.0/16", traffic_type=4, **steer)
    vpp.call("sr_steering_add_del", is_del=True, prefix="2001:db8:77::/48", traffic_type=6, **steer)
    vpp.call("sr_policy_del", bsid_addr="fc00:9::1", sr_policy_index=0)
    vpp.call("sr_policy_del", bsid_addr="fc00:9::1", sr_policy_index=0)
    for address in ("fc00:1::1", "fc00:1::2", "fc00:1::4", "fc00:1::4"):
        vpp.call("sr_localsid_add_del", localsid=address, behavior=END, **{**sid, "is_del": True})
    vpp.call("sr_localsids_dump")

    vpp.call("mpls_table_add_del", mt_is_add=True, mt_table={"mt_table_id": 0, "mt_name": "mpls"})
    vpp.call("sw_interface_set_mpls_enable", sw_if_index=loop, enable=True)
    vpp.call("mpls_interface_dump", sw_if_index=NO_INTERFACE)
    path = {"sw_if_index": loop, "weight": 1, "proto": 1, "nh": {"address": {"ip6": "2001:db8::2"}}, "n_labels": 0, "label_stack": [{}] * 16}
    route = {"mr_table_id": 0, "mr_label": 99, "mr_eos": 1, "mr_eos_proto": 1, "mr_n_paths": 1, "mr_paths": [path]}
    vpp.call("mpls_route_add_del", mr_is_add=True, mr_is_multipath=False, mr_route=route)
    vpp.call("mpls_table_dump")
    vpp.call("mpls_route_add_del", mr_is_add=False, mr_is_multipath=False, mr_route=route)
    vpp.call("sw_interface_set_mpls_enable", sw_if_index=loop, enable=False)
    vpp.call("mpls_table_add_del", mt_is_add=False, mt_table={"mt_table_id": 0})
    vpp.call("delete_loopback", sw_if_index=loop)
