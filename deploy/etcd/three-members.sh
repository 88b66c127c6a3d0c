#!/bin/sh
# Three members of etcd on this machine, for trying: on the loopback, with their data in DIR. All three on one machine survive the end
# of a process, not that of the machine.
#   three-members.sh start DIR [OPTION]…     those that do not run; waits until they serve
#   three-members.sh stop DIR [--member N]   all of them, or one
#   three-members.sh status DIR              who runs, and where; fails where one does not
# Options: --certificates DIR (of certificates.sh: TLS, and clients need a certificate; it can be given at the first start only),
#   --client-ports 12379,22379,32379, --peer-ports 12380,22380,32380 (the same), --member N (of 1, 2, 3: this one only).
set -eu

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
fail() {
  echo "three-members.sh: $*" >&2
  exit 1
}

[ $# -ge 2 ] || usage
task=$1 dir=$2
shift 2
certificates='' client_ports=12379,22379,32379 peer_ports=12380,22380,32380 members='1 2 3' is_set=''
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
  --certificates) certificates=$(cd "$2" && pwd) is_set=yes ;;
  --client-ports) client_ports=$2 is_set=yes ;;
  --peer-ports) peer_ports=$2 is_set=yes ;;
  --member)
    case $2 in 1 | 2 | 3) members=$2 ;; *) usage ;; esac
    ;;
  *) usage ;;
  esac
  shift 2
done
for ports in "$client_ports" "$peer_ports"; do
  printf '%s\n' "$ports" | grep -Eqx '([0-9]{1,5},){2}[0-9]{1,5}' || fail "$ports: three ports, separated by commas"
done

# What the first start was given holds for all others: etcd keeps the members' addresses in its data.
setting() {
  sed -n "s/^$1=//p" "$dir/settings"
}
if [ -e "$dir/settings" ]; then
  [ -z "$is_set" ] || fail "$dir has its ports and certificates already; stop it, and remove it, for others"
  certificates=$(setting certificates) client_ports=$(setting client-ports) peer_ports=$(setting peer-ports)
elif [ "$task" != start ]; then
  fail "nothing was started in $dir"
fi

scheme=http
[ -z "$certificates" ] || scheme=https
# port LIST N
port() {
  echo "$1" | cut -d, -f"$2"
}
url() {
  echo "$scheme://127.0.0.1:$(port "$client_ports" "$1")"
}
peer() {
  echo "$scheme://127.0.0.1:$(port "$peer_ports" "$1")"
}

# The process of a member, if it runs: a number alone may be another process's by now.
running() {
  pid=$(cat "$dir/m$1.pid" 2>/dev/null) && ps -p "$pid" -o args= 2>/dev/null | grep -qF -e "--data-dir=$dir/m$1" && echo "$pid"
}

launch() {
  set -- "$1" --name="m$1" --data-dir="$dir/m$1" --logger=zap --log-outputs=stderr \
    --listen-client-urls="$(url "$1")" --advertise-client-urls="$(url "$1")" \
    --listen-peer-urls="$(peer "$1")" --initial-advertise-peer-urls="$(peer "$1")" \
    --initial-cluster="m1=$(peer 1),m2=$(peer 2),m3=$(peer 3)" --auto-compaction-retention=1h
  if [ -n "$certificates" ]; then
    set -- "$@" --client-cert-auth --trusted-ca-file="$certificates/ca.pem" \
      --cert-file="$certificates/server.pem" --key-file="$certificates/server.key" \
      --peer-client-cert-auth --peer-trusted-ca-file="$certificates/ca.pem" \
      --peer-cert-file="$certificates/server.pem" --peer-key-file="$certificates/server.key"
  fi
  member=$1
  shift
  : >"$dir/m$member.log"
  nohup etcd "$@" >>"$dir/m$member.log" 2>&1 </dev/null &
  echo $! >"$dir/m$member.pid"
}

# Waits up to 30 seconds for each.
serves() {
  for _ in $(seq 300); do
    grep -q 'serving client' "$dir/m$1.log" && return
    running "$1" >/dev/null || break
    sleep 0.1
  done
  tail -n 5 "$dir/m$1.log" >&2
  fail "member $1 does not serve; its log: $dir/m$1.log"
}

case $task in
start)
  command -v etcd >/dev/null || fail 'etcd is not installed (Debian: etcd-server)'
  [ -z "$certificates" ] || [ -r "$certificates/server.pem" ] || fail "there is no $certificates/server.pem: certificates.sh makes it"
  mkdir -p "$dir"
  dir=$(cd "$dir" && pwd)
  chmod 700 "$dir"
  printf '%s\n' "certificates=$certificates" "client-ports=$client_ports" "peer-ports=$peer_ports" >"$dir/settings"
  started=''
  for member in $members; do
    running "$member" >/dev/null || { launch "$member" && started="$started $member"; }
  done
  for member in $started; do serves "$member"; done
  echo "$(url 1),$(url 2),$(url 3)"
  ;;
stop)
  dir=$(cd "$dir" && pwd)
  for member in $members; do
    pid=$(running "$member") || continue
    kill "$pid"
    while running "$member" >/dev/null; do sleep 0.1; done
    rm -f "$dir/m$member.pid"
  done
  ;;
status)
  dir=$(cd "$dir" && pwd)
  away=0
  for member in 1 2 3; do
    if pid=$(running "$member"); then
      echo "m$member  $(url "$member")  process $pid"
    else
      echo "m$member  $(url "$member")  does not run"
      away=1
    fi
  done
  exit $away
  ;;
*) usage ;;
esac
