"""As VPP's Python API page: version, interfaces, and the events of an interface from its first day to its last."""

import os

from transcript import Transcript

with Transcript("events") as vpp:
    version = vpp.vpp.api.show_version()
    print(version.program, version.retval, version.version != "")
    vpp.call("sw_interface_dump", sw_if_index=0)
    vpp.call("want_interface_events", enable_disable=1, pid=os.getpid())
    loop = vpp.made("create_loopback_instance", is_specified=True, user_instance=77)
    vpp.events(1)
    vpp.call("sw_interface_set_flags", sw_if_index=loop, flags=1)
    vpp.events(1)
    vpp.call("sw_interface_dump", name_filter_valid=True, name_filter="loop77")
    vpp.call("sw_interface_set_flags", sw_if_index=loop, flags=0)
    vpp.events(1)
    vpp.call("delete_loopback", sw_if_index=loop)
    vpp.events(1)
    vpp.call("want_interface_events", enable_disable=0, pid=os.getpid())
    vpp.call("delete_loopback", sw_if_index=loop)
