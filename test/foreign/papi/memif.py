"""As the progressive tutorial connects two VPPs, here two ends of one: a memif, its socket, and routes over it."""

from transcript import Transcript

MASTER, SLAVE = 0, 1
SOCKET = "/tmp/vppmux-papi-memif.sock"

with Transcript("memif") as vpp:
    vpp.call("memif_socket_filename_add_del_v2", is_add=True, socket_id=11, socket_filename=SOCKET)
    vpp.call("memif_socket_filename_add_del_v2", is_add=True, socket_id=11, socket_filename=SOCKET)
    common = {"socket_id": 11, "id": 0, "secret": "vpp", "mode": 0, "ring_size": 1024, "buffer_size": 2048}
    left = vpp.made("memif_create_v2", role=MASTER, hw_addr="02:00:00:00:01:01", rx_queues=1, tx_queues=1, **common)
    # A second end with the same id on the same socket, and one that names a socket which is not there.
    vpp.call("memif_create_v2", role=MASTER, hw_addr="02:00:00:00:01:01", **common)
    vpp.call("memif_create_v2", role=SLAVE, hw_addr="02:00:00:00:01:02", **{**common, "socket_id": 77})
    vpp.call("memif_dump")
    vpp.call("sw_interface_set_flags", sw_if_index=left, flags=1)
    vpp.call("sw_interface_add_del_address", sw_if_index=left, is_add=True, prefix="10.10.2.1/24")
    path = {"sw_if_index": left, "weight": 1, "proto": 0, "nh": {"address": {"ip4": "10.10.2.2"}}, "n_labels": 0}
    route = {"table_id": 0, "prefix": "10.10.1.0/24", "n_paths": 1, "paths": [{**path, "label_stack": [{}] * 16}]}
    vpp.call("ip_route_add_del_v2", is_add=True, is_multipath=False, route=route)
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
    vpp.call("sw_interface_dump", sw_if_index=left)

    vpp.call("memif_socket_filename_add_del_v2", is_add=True, socket_id=12, socket_filename=SOCKET)
    other = {**common, "socket_id": 12}
    right = vpp.made("memif_create_v2", role=SLAVE, hw_addr="02:00:00:00:01:02", rx_queues=1, tx_queues=1, **other)
    vpp.call("sw_interface_set_flags", sw_if_index=right, flags=1)
    for end in (left, right):
        vpp.wait_for_link(end)
    vpp.call("memif_dump")
    vpp.call("sw_interface_rx_placement_dump", sw_if_index=left)
    vpp.call("memif_delete", sw_if_index=right)
    vpp.call("memif_socket_filename_add_del_v2", is_add=False, socket_id=12)
    vpp.call("memif_socket_filename_add_del_v2", is_add=False, socket_id=11)
    vpp.call("memif_socket_filename_dump")
    vpp.call("memif_delete", sw_if_index=left)
    vpp.call("memif_delete", sw_if_index=left)
    vpp.call("memif_socket_filename_add_del_v2", is_add=False, socket_id=11)
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
    # Routes outlive the interface that they go through.
    vpp.call("ip_route_add_del_v2", is_add=False, is_multipath=False, route={**route, "n_paths": 0, "paths": []})
    vpp.call("ip_route_v2_dump", table={"table_id": 0, "is_ip6": False})
    vpp.call("memif_socket_filename_dump")
