#!/bin/sh
# Users of etcd with least rights, by etcdctl. They have no passwords: a certificate of certificates.sh names its user.
#   roles.sh enable            makes the user root, and turns authentication on
#   roles.sh agent LABEL…      an agent reads its own, groups and wishes, and writes its state and report
#   roles.sh driver NAME…      a driver reads and writes all of the fleet, and nothing else
#   roles.sh drives LABEL…     an agent that drives roll-outs, too (`drive: true`): all that a driver may
#   roles.sh remove USER…      agent-LABEL or driver-NAME: its certificate opens nothing from then on
# ENDPOINTS: URLs of members (https://127.0.0.1:12379,https://127.0.0.1:22379,https://127.0.0.1:32379); CERTIFICATES: folder of
# ca.pem and root.pem (certificates); PREFIX: that of the fleet's keys (/vppmux). All of it can be called again.
set -eu

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
fail() {
  echo "roles.sh: $*" >&2
  exit 1
}

endpoints=${ENDPOINTS:-https://127.0.0.1:12379,https://127.0.0.1:22379,https://127.0.0.1:32379}
certificates=${CERTIFICATES:-certificates}
prefix=${PREFIX:-/vppmux}

ctl() {
  ETCDCTL_API=3 etcdctl --endpoints "$endpoints" --command-timeout 10s \
    --cacert "$certificates/ca.pem" --cert "$certificates/root.pem" --key "$certificates/root.key" "$@"
}

# Says what etcdctl says only where it fails.
quiet() {
  said=$(ctl "$@" 2>&1) || fail "etcdctl $*: $said"
}

# user NAME: with a role of the same name.
user() {
  ctl role get "$1" >/dev/null 2>&1 || quiet role add "$1"
  ctl user get "$1" >/dev/null 2>&1 || quiet user add "$1" --no-password
  quiet user grant-role "$1" "$1"
}

named() {
  printf '%s\n' "$1" | grep -Eqx '[A-Za-z0-9][A-Za-z0-9._-]{0,56}' || fail "$1 is no name of an agent or driver"
}

[ $# -ge 1 ] || usage
command -v etcdctl >/dev/null || fail 'etcdctl is not installed (Debian: etcd-client)'
task=$1
shift
case $task in
enable)
  user root
  quiet auth enable
  ;;
agent)
  [ $# -gt 0 ] || usage
  for label; do named "$label"; done
  for label; do
    own=$prefix/agents/$label
    user "agent-$label"
    for readable in "$own/" "$prefix/groups/" "$prefix/wishes/"; do
      quiet role grant-permission "agent-$label" read "$readable" --prefix
    done
    quiet role grant-permission "agent-$label" read "$prefix/latest"
    for writable in "$own/state" "$own/report"; do
      quiet role grant-permission "agent-$label" write "$writable"
    done
  done
  ;;
driver | drives)
  [ $# -gt 0 ] || usage
  for name; do named "$name"; done
  kind=driver
  [ "$task" = driver ] || kind=agent
  for name; do
    user "$kind-$name"
    quiet role grant-permission "$kind-$name" readwrite "$prefix/" --prefix
  done
  ;;
remove)
  [ $# -gt 0 ] || usage
  for name; do
    case $name in
    agent-* | driver-*) ;;
    *) fail "$name is no user that this makes: agent-LABEL or driver-NAME" ;;
    esac
    quiet user delete "$name"
    quiet role delete "$name"
  done
  ;;
*) usage ;;
esac
