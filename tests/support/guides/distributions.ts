/** What Debian's package of a server brings, as far as a guide relies on it, with all paths below `root`. */
export interface Distribution {
  readonly files: Readonly<Record<string, string>>;
  /** Owners and databases, before the first start. */
  readonly prepare: string;
  readonly start: string;
  /** Succeeds once it listens to its commands. */
  readonly isRunning: string;
  /** Its commands, told that they are about this server, and how they are called then. */
  readonly commands: Readonly<Record<string, string>>;
}

/** BIND listens on addresses that an interface has, so all of them are at ports of 127.0.0.1. */
export interface Ports {
  readonly dns: number;
  readonly control: number;
}

const RNDC_KEY = `key "rndc-key" { algorithm hmac-sha256; secret "${Buffer.alloc(32, 3).toString("base64")}"; };\n`;

export const distributions = {
  BIND: (root, port) => ({
    files: {
      "etc/bind/named.conf": `include "${root}/etc/bind/named.conf.options";
include "${root}/etc/bind/named.conf.local";
include "${root}/etc/bind/rndc.key";
controls { inet 127.0.0.1 port ${port.control} allow { any; } keys { "rndc-key"; }; };
`,
      "etc/bind/named.conf.options": `options {
  directory "${root}/var/cache/bind"; pid-file "${root}/run/named/named.pid"; session-keyfile "${root}/run/named/session.key";
  listen-on port ${port.dns} { 127.0.0.1; }; listen-on-v6 { none; }; dnssec-validation no; empty-zones-enable no;
};
`,
      "etc/bind/named.conf.local": "// Do any local configuration here\n",
      "etc/bind/rndc.key": RNDC_KEY,
    },
    prepare: `install -d -g bind -m 775 ${root}/var/cache/bind ${root}/run/named
chown -R root:bind ${root}/etc/bind`,
    start: `named -g -u bind -c ${root}/etc/bind/named.conf`,
    isRunning: "rndc status",
    commands: {
      rndc: `-p ${port.control} -k ${root}/etc/bind/rndc.key "$@"`,
      "named-checkconf": `"$@" ${root}/etc/bind/named.conf`,
    },
  }),
  Knot: (root, port) => ({
    files: {
      "etc/knot/knot.conf": `server:
    rundir: "${root}/run/knot"
    user: knot:knot
    automatic-acl: on
    listen: 127.0.0.1@${port.dns}
log:
  - target: stderr
    any: info
database:
    storage: "${root}/var/lib/knot"
template:
  - id: default
    storage: "${root}/var/lib/knot"
    file: "%s.zone"
zone:
`,
    },
    prepare: `install -d -o knot -g knot ${root}/run/knot ${root}/var/lib/knot`,
    start: `knotd -c ${root}/etc/knot/knot.conf`,
    isRunning: "knotc status",
    commands: { knotc: `-c ${root}/etc/knot/knot.conf "$@"` },
  }),
  NSD: (root, port) => ({
    files: {
      "etc/nsd/nsd.conf": `server:
        ip-address: 127.0.0.1@${port.dns}
        zonesdir: "${root}/etc/nsd"
        pidfile: "${root}/run/nsd/nsd.pid"
        xfrdfile: "${root}/var/lib/nsd/xfrd.state"
        xfrdir: "${root}/var/lib/nsd"
        zonelistfile: "${root}/var/lib/nsd/zone.list"
        database: ""
remote-control:
        control-enable: yes
        control-interface: "${root}/run/nsd/control"
include: "${root}/etc/nsd/nsd.conf.d/*.conf"
`,
    },
    prepare: `install -d ${root}/etc/nsd/nsd.conf.d ${root}/etc/cron.d
install -d -o nsd -g nsd ${root}/run/nsd ${root}/var/lib/nsd`,
    start: `nsd -d -u nsd -c ${root}/etc/nsd/nsd.conf`,
    isRunning: "nsd-control status",
    commands: { "nsd-control": `-c ${root}/etc/nsd/nsd.conf "$@"` },
  }),
  PowerDNS: (root, port) => ({
    files: {
      "etc/powerdns/pdns.conf": `local-address=127.0.0.1
local-port=${port.dns}
include-dir=${root}/etc/powerdns/pdns.d
security-poll-suffix=
socket-dir=${root}/run/pdns
setuid=pdns
setgid=pdns
disable-syslog=yes
`,
      "etc/powerdns/pdns.d/sqlite3.conf": `launch=gsqlite3
gsqlite3-database=${root}/var/lib/powerdns/pdns.sqlite3
gsqlite3-dnssec=yes
`,
    },
    prepare: `install -d -o pdns -g pdns ${root}/run/pdns ${root}/var/lib/powerdns
sqlite3 ${root}/var/lib/powerdns/pdns.sqlite3 < /usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql
chown pdns:pdns ${root}/var/lib/powerdns/pdns.sqlite3`,
    start: `pdns_server --config-dir=${root}/etc/powerdns --daemon=no --guardian=no`,
    isRunning: "pdns_control rping",
    commands: {
      pdnsutil: `--config-dir=${root}/etc/powerdns "$@"`,
      pdns_control: `--config-dir=${root}/etc/powerdns "$@"`,
    },
  }),
} satisfies Record<string, (root: string, port: Ports) => Distribution>;
