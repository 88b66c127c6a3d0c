"""Shows events of VPP through an agent as they come, and goes on where it was when it is cut off; standard library only.

    python3 events.py [http://localhost:9191/vpp/events/sw_interface_event] [COUNT]

The events of the stream are in docs/remote.md.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

URL = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:9191/vpp/events/sw_interface_event"
TOKEN = os.environ.get("VPPMUX_TOKEN")
# The agent, or what is in front of it, is starting, stopping or busy: it is asked again.
PASSING = (429, 502, 503, 504)
# Seconds; the agent sends a comment every 15 (heartbeat in remote.conf).
SILENCE = 60


def blocks(lines):
    """Gives the fields of each event of a stream of server-sent events."""
    fields = {}
    for line in lines:
        line = line.decode().rstrip("\n")
        if line == "":
            yield fields
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")


def reason(error):
    """The words of the agent for a refusal; of anything else that answers, the status."""
    try:
        body = json.load(error)
        return body.get("detail") or body["error"]["message"]
    except (ValueError, LookupError, AttributeError, TypeError):
        return str(error)


def pause(error):
    """Seconds after which the agent lets itself be asked again."""
    after = error.headers.get("retry-after", "")
    return min(int(after), 60) if after.isdecimal() else 1


def events():
    """Gives (name, data) for each event, across lost connections."""
    last = None
    while True:
        request = urllib.request.Request(URL)
        if TOKEN:
            request.add_header("authorization", f"Bearer {TOKEN}")
        if last is not None:
            request.add_header("last-event-id", last)
        seconds = 1
        try:
            with urllib.request.urlopen(request, timeout=SILENCE) as stream:
                for fields in blocks(stream):
                    last = fields.get("id", last)
                    if "data" in fields:
                        yield fields.get("event", "message"), json.loads(fields["data"])
        except urllib.error.HTTPError as error:
            if error.code not in PASSING:
                sys.exit(f"refused: {reason(error)}")
            print(f"not now: {reason(error)}", file=sys.stderr)
            seconds = pause(error)
        except (OSError, http.client.HTTPException) as error:
            print(f"lost: {error}", file=sys.stderr)
        time.sleep(seconds)


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else -1
    for name, data in events():
        print(data if name == "message" else f"{name}: {data}", flush=True)
        if name == "failed":
            sys.exit(1)
        if name == "message":
            count -= 1
        if count == 0:
            return


main()
