#!/bin/sh
# Installs the DNS servers and tools that the tests in tests/dns drive (Debian, Ubuntu), without starting
# any: the tests run their own on high ports. Needs root.
set -eu

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  # What a package asks before it starts its service: 101 forbids it.
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends \
  bind9 bind9-utils bind9-dnsutils \
  knot knot-dnsutils knot-dnssecutils \
  nsd ldnsutils \
  pdns-server pdns-backend-sqlite3 sqlite3 \
  unbound \
  faketime

# For one comparison that is skipped without it, so that where it cannot be had the rest is installed all the same.
apt-get install -y --no-install-recommends dnsviz || echo "dnsviz cannot be had: the doctor is not compared with it"
