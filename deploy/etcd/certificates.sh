#!/bin/sh
# Certificates for etcd and its clients, by openssl. A client's common name is its user in etcd: roles.sh has what each may do.
#   certificates.sh DIR server [NAME|ADDRESS]…   of all members: DIR/server.pem; localhost and 127.0.0.1 are always in it
#   certificates.sh DIR agent LABEL…             of agents:      DIR/agent-LABEL.pem
#   certificates.sh DIR driver NAME…             of those who drive roll-outs: DIR/driver-NAME.pem
#   certificates.sh DIR root                     of the one who makes users and roles: DIR/root.pem
# Each has its key next to it (.key). The first call makes the CA, DIR/ca.pem: keep DIR/ca.key where only you can read it. A second
# call makes a certificate anew. DAYS: how long one is valid (365).
set -eu
umask 077

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
fail() {
  echo "certificates.sh: $*" >&2
  exit 1
}

[ $# -ge 2 ] || usage
dir=$1 kind=$2
shift 2
days=${DAYS:-365}
mkdir -p "$dir"

new_key() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1"
}

# sign NAME SUBJECT EXTENSIONS
sign() {
  new_key "$dir/$1.key.new"
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' "$3" >"$dir/$1.ext"
  openssl req -new -key "$dir/$1.key.new" -subj "$2" -out "$dir/$1.csr"
  openssl x509 -req -in "$dir/$1.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
    -sha256 -days "$days" -extfile "$dir/$1.ext" -out "$dir/$1.pem.new" 2>/dev/null || fail "openssl does not sign $1"
  mv "$dir/$1.key.new" "$dir/$1.key"
  mv "$dir/$1.pem.new" "$dir/$1.pem"
  rm -f "$dir/$1.csr" "$dir/$1.ext"
  echo "$dir/$1.pem"
}

# client NAME
client() {
  sign "$1" "/CN=$1" 'extendedKeyUsage=clientAuth'
}

# The common name of a certificate has 64 characters at most.
named() {
  printf '%s\n' "$2" | grep -Eqx '[A-Za-z0-9][A-Za-z0-9._-]{0,56}' ||
    fail "$2 is no name of $1: 57 letters, digits, ., _ and - at most, the first one a letter or digit"
}

if [ ! -e "$dir/ca.pem" ]; then
  new_key "$dir/ca.key"
  openssl req -x509 -new -key "$dir/ca.key" -sha256 -days 3650 -subj '/CN=CA of etcd' -out "$dir/ca.pem" \
    -addext 'keyUsage=critical,keyCertSign,cRLSign'
fi

case $kind in
server)
  names=IP:127.0.0.1,DNS:localhost
  for host; do
    case $host in
    *[!A-Za-z0-9.:-]* | '') fail "$host is neither a host's name nor an address" ;;
    *:* | *.*.*.[0-9] | *.*.*.[0-9][0-9] | *.*.*.[0-9][0-9][0-9]) names=$names,IP:$host ;;
    *) names=$names,DNS:$host ;;
    esac
  done
  # Without a common name: it would be a user. Members are clients of each other, too.
  sign server '/O=etcd' "$(printf 'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=%s' "$names")"
  ;;
agent | driver)
  [ $# -gt 0 ] || usage
  for name; do named "an $kind" "$name"; done
  for name; do client "$kind-$name"; done
  ;;
root) client root ;;
*) usage ;;
esac
