"""Routing: interfaces, tables, routes of several kinds, neighbours, and what a look-up finds."""

from transcript import Transcript

NO_INTERFACE = 0xFFFFFFFF
DROP = 2
NO_LABELS = [{}] * 16


def path(address=None, sw_if_index=NO_INTERFACE, **more):
    """A path by a next hop, an interface, or both."""
    kind = {"proto": 0 if address is None or ":" not in address else 1}
    family = "ip6" if kind["proto"] else "ip4"
    nh = {} if address is None else {"nh": {"address": {family: address}}}
    return {"sw_if_index": sw_if_index, "weight": 1, "n_labels": 0, "label_stack": NO_LABELS, **kind, **nh, **more}


with Transcript("routing") as vpp:

    def route(prefix, *paths, table=0, is_add=True, is_multipath=False):
        body = {"table_id": table, "prefix": prefix, "n_paths": len(paths), "paths": list(paths)}
        reply = vpp.vpp.api.ip_route_add_del_v2(is_add=is_add, is_multipath=is_multipath, route=body)
        print(f"{'add' if is_add else 'delete'} {prefix} table {table} with {len(paths)} paths: {reply.retval}")

    def table(number, is_ip6=False):
        vpp.call("ip_route_v2_dump", table={"table_id": number, "is_ip6": is_ip6})

    loops = [vpp.made("create_loopback_instance", is_specified=True, user_instance=20 + n) for n in range(2)]
    for number, loop in enumerate(loops):
        vpp.call("sw_interface_set_flags", sw_if_index=loop, flags=1)
        vpp.call("sw_interface_add_del_address", sw_if_index=loop, is_add=True, prefix=f"10.10.{number + 1}.1/24")
        vpp.call("sw_interface_add_del_address", sw_if_index=loop, is_add=True, prefix=f"2001:db8:{number + 1}::1/64")
    table(0)
    table(0, is_ip6=True)

    route("10.20.0.0/16", path("10.10.1.2"))
    route("10.20.0.0/16", path("10.10.2.2"), is_multipath=True)
    route("10.30.0.0/16", path("10.10.1.2", loops[0], weight=1), path("10.10.2.2", loops[1], weight=3))
    route("10.40.0.0/16", path(type=DROP))
    route("10.50.0.0/16", path("10.20.1.1"))
    route("0.0.0.0/0", path("10.10.1.254", loops[0]))
    route("2001:db8:ffff::/48", path("2001:db8:1::2", loops[0]))
    route("10.60.0.0/16", path("10.10.1.2"), table=66)
    table(0)
    table(0, is_ip6=True)
    for wanted in ("10.20.3.4/32", "10.50.0.0/16", "192.0.2.1/32", "10.10.1.255/32"):
        vpp.call("ip_route_lookup_v2", table_id=0, exact=0, prefix=wanted)
    vpp.call("ip_route_lookup_v2", table_id=0, exact=1, prefix="10.20.3.4/32")

    vpp.call("ip_table_add_del_v2", is_add=True, table={"table_id": 66, "is_ip6": False, "name": "blue"})
    vpp.call("ip_table_dump")
    vpp.call("sw_interface_set_table", sw_if_index=loops[1], is_ipv6=False, vrf_id=66)
    route("10.60.0.0/16", path("10.10.1.2", loops[0], table_id=0), table=66)
    table(66)
    for ip, flags in (("10.10.1.2", 1), ("10.10.1.3", 0), ("2001:db8:1::2", 1)):
        neighbor = {"sw_if_index": loops[0], "mac_address": "02:00:00:00:02:01", "ip_address": ip, "flags": flags}
        vpp.call("ip_neighbor_add_del", is_add=True, neighbor=neighbor)
    for family in (0, 1):
        vpp.call("ip_neighbor_dump", sw_if_index=loops[0], af=family)
    table(0)

    route("10.20.0.0/16", path("10.10.1.2"), is_add=False, is_multipath=True)
    for prefix in ("10.20.0.0/16", "10.30.0.0/16", "10.40.0.0/16", "10.50.0.0/16", "0.0.0.0/0", "2001:db8:ffff::/48", "10.70.0.0/16"):
        route(prefix, is_add=False)
    route("10.60.0.0/16", table=66, is_add=False)
    for loop in loops:
        vpp.call("delete_loopback", sw_if_index=loop)
    vpp.call("ip_table_add_del_v2", is_add=False, table={"table_id": 66, "is_ip6": False})
    table(0)
    table(0, is_ip6=True)
