"""Lists VPP's interfaces through an agent, and sets one up, with nothing but the standard library.

    VPPMUX_TOKEN=... python3 rest.py [http://localhost:9191] [INTERFACE]

Paths, fields and problems are in docs/remote.md.
"""

import json
import os
import sys
import urllib.error
import urllib.request

AGENT = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:9191"
TOKEN = os.environ.get("VPPMUX_TOKEN")


class Refused(Exception):
    """The agent or VPP refused; `problem` has code, detail and, for VPP's own refusals, retval and retvalName."""

    def __init__(self, problem):
        super().__init__(problem.get("detail") or problem["message"])
        self.problem = problem


def call(message, fields=None):
    """Sends a message of VPP; gives the answer, which is a file of lines for a list."""
    request = urllib.request.Request(f"{AGENT}/vpp/{message}", data=json.dumps(fields or {}).encode())
    request.add_header("content-type", "application/json")
    if TOKEN:
        request.add_header("authorization", f"Bearer {TOKEN}")
    try:
        return urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        raise Refused(problem_of(error)) from None


def problem_of(error):
    """The agent's words for a refusal, whichever part of it refuses; of anything else that answers, the status."""
    problem = {"code": str(error.code), "message": str(error)}
    try:
        body = json.load(error)
        return {**problem, **body.get("error", {}), **body}
    except (ValueError, AttributeError, TypeError):
        return problem


def request(message, **fields):
    with call(message, fields) as answer:
        return json.load(answer)


def dump(message, **fields):
    """Gives the rows one by one, as they come."""
    with call(message, fields) as answer:
        for line in answer:
            row = json.loads(line)
            if "error" in row:
                raise Refused(row["error"])
            yield row


def main():
    print(f"VPP {request('show_version')['version']}")
    indices = {}
    for interface in dump("sw_interface_dump"):
        indices[interface["interface_name"]] = interface["sw_if_index"]
        state = "up" if interface["flags"] & 1 else "down"
        print(f"{interface['sw_if_index']} {interface['interface_name']} {state}")
    name = sys.argv[2] if len(sys.argv) > 2 else "loop0"
    try:
        request("sw_interface_set_flags", sw_if_index=indices.get(name, 999), flags=["ADMIN_UP"])
        print(f"{name} is up")
    except Refused as refused:
        print(f"{name}: {refused.problem.get('retvalName', refused.problem['code'])}")


main()
