import { Secret } from "../../provider/core/secret";
import type { FailureCause } from "../../provider/dns/failure";
import { adviceFor } from "../../provider/primary/advice";
import { PrimaryError } from "../../provider/primary/primary-error";

const SECRET = Buffer.alloc(64, 9).toString("base64");
const keyless = { name: "192.0.2.53", address: "192.0.2.53", port: 53 };
const key = { name: "cf.example.com", algorithm: "hmac-sha512.", secret: new Secret(SECRET) };
const primary = { ...keyless, key };
const zoneName = "example.com";

/** One of each kind; the compiler sees to it that none is left out. */
const troubles: { readonly [Kind in FailureCause["kind"]]: FailureCause & { kind: Kind } } = {
  unreachable: { kind: "unreachable", reason: "nothing listens there (ECONNREFUSED)" },
  silent: { kind: "silent", connected: false, afterMs: 5000 },
  "unknown-key": { kind: "unknown-key" },
  "wrong-secret": { kind: "wrong-secret" },
  clock: { kind: "clock", secondsApart: 601 },
  "key-refused": { kind: "key-refused" },
  "no-key": { kind: "no-key" },
  refused: { kind: "refused" },
  "not-authoritative": { kind: "not-authoritative" },
  failed: { kind: "failed", rcode: 2 },
  "unsigned-answer": { kind: "unsigned-answer" },
  "forged-answer": { kind: "forged-answer" },
  garbled: { kind: "garbled", reason: "its id does not match" },
};

const messageOf = (trouble: FailureCause, type: "SOA" | "AXFR" = "AXFR") =>
  new PrimaryError({
    asked: { primary: trouble.kind === "no-key" ? keyless : primary, zoneName, type },
    cause: trouble,
  }).message;

test("each trouble has its cause and its lines", () => {
  const all = Object.values(troubles).map((trouble) => messageOf(trouble));
  expect(all.join("\n\n")).toMatchInlineSnapshot(`
"The primary 192.0.2.53 port 53 cannot be queried about example.com: nothing listens there (ECONNREFUSED).
Next: let the server listen there over TCP too, and open TCP port 53 in its firewall:
  BIND: options { listen-on port 53 { 192.0.2.53; }; };
  Knot: server: listen: 192.0.2.53@53
  NSD: server: ip-address: 192.0.2.53@53, do-tcp: yes
  PowerDNS: local-address=192.0.2.53, local-port=53

The primary 192.0.2.53 port 53 cannot be queried about example.com: the connection was not accepted within 5 s.
Next: open TCP port 53 in the firewalls between this machine and the server, and let it listen there:
  BIND: options { listen-on port 53 { 192.0.2.53; }; };
  Knot: server: listen: 192.0.2.53@53
  NSD: server: ip-address: 192.0.2.53@53, do-tcp: yes
  PowerDNS: local-address=192.0.2.53, local-port=53

The primary 192.0.2.53 port 53 does not transfer example.com: it does not know the key "cf.example.com." with hmac-sha512.
Next: give the primary the key by this name, with this algorithm and the secret of the TSIG:
  BIND: key "cf.example.com." { algorithm hmac-sha512; secret "…"; };
  Knot: key: - id: cf.example.com, algorithm: hmac-sha512, secret: …
  NSD: key: name: "cf.example.com.", algorithm: hmac-sha512, secret: "…"
  PowerDNS: pdnsutil import-tsig-key cf.example.com hmac-sha512 '…' && pdnsutil activate-tsig-key example.com cf.example.com primary
  The secret and everything else that the primary needs: npx pulumi-secondary-dns primary-config --write DIR
  Knot says the same if it has the key but its acl does not allow it from this machine (ADDRESS is this machine's, as the primary sees it):
  Knot: acl: - address: ADDRESS, key: cf.example.com, action: transfer; and zone: - domain: example.com, acl: with its id

The primary 192.0.2.53 port 53 does not transfer example.com: it has another secret for the key "cf.example.com.".
Next: copy the secret of the TSIG to the primary unchanged, as the base64 text it is:
  BIND: key "cf.example.com." { algorithm hmac-sha512; secret "…"; };
  Knot: key: - id: cf.example.com, algorithm: hmac-sha512, secret: …
  NSD: key: name: "cf.example.com.", algorithm: hmac-sha512, secret: "…"
  PowerDNS: pdnsutil import-tsig-key cf.example.com hmac-sha512 '…' && pdnsutil activate-tsig-key example.com cf.example.com primary
  The secret and everything else that the primary needs: npx pulumi-secondary-dns primary-config --write DIR

The primary 192.0.2.53 port 53 does not transfer example.com: its clock is 601 s ahead of this machine's, and a TSIG allows 300 s.
Next: set the clock that is wrong; if it is the primary's, Cloudflare cannot transfer either:
  the primary, whichever server it runs: chronyc tracking; chronyc makestep
  this machine: timedatectl status; timedatectl set-ntp true

The primary 192.0.2.53 port 53 does not transfer example.com: it refuses the key "cf.example.com." with hmac-sha512 and does not say why, as PowerDNS does when the name, algorithm or secret differs there or its clock is off.
Next: compare name, algorithm and secret at the primary (PowerDNS: pdnsutil list-tsig-keys), then the clocks:
  BIND: key "cf.example.com." { algorithm hmac-sha512; secret "…"; };
  Knot: key: - id: cf.example.com, algorithm: hmac-sha512, secret: …
  NSD: key: name: "cf.example.com.", algorithm: hmac-sha512, secret: "…"
  PowerDNS: pdnsutil import-tsig-key cf.example.com hmac-sha512 '…' && pdnsutil activate-tsig-key example.com cf.example.com primary
  The secret and everything else that the primary needs: npx pulumi-secondary-dns primary-config --write DIR
  the primary, whichever server it runs: chronyc tracking; chronyc makestep
  this machine: timedatectl status; timedatectl set-ntp true

The primary 192.0.2.53 port 53 does not transfer example.com: it does not let this machine transfer without a TSIG key, and the peer has none.
Next: give the peer the TSIG that the primary wants (tsigId); or, if it allows transfers by address, let Cloudflare's addresses in. Look here:
  BIND: zone "example.com" { allow-transfer { key "NAME"; }; };
  Knot: zone: - domain: example.com, acl: and the key: of that acl
  NSD: zone: name: "example.com", provide-xfr: ADDRESS NAME
  PowerDNS: pdnsutil get-meta example.com TSIG-ALLOW-AXFR

The primary 192.0.2.53 port 53 does not transfer example.com: it does not let the key "cf.example.com." transfer from this machine.
Next: allow transfers with the key from this machine too, not only from Cloudflare's addresses (ADDRESS is this machine's, as the primary sees it):
  BIND: zone "example.com" { allow-transfer { key "cf.example.com."; }; }; and ADDRESS in the lists of addresses there
  Knot: acl: - address: ADDRESS, key: cf.example.com, action: transfer; and zone: - domain: example.com, acl: with its id
  NSD: zone: name: "example.com", provide-xfr: ADDRESS cf.example.com.; and algorithm: hmac-sha512 in that key
  PowerDNS: pdnsutil activate-tsig-key example.com cf.example.com primary

The primary 192.0.2.53 port 53 does not transfer example.com: it does not serve example.com, or not to this machine.
Next: load the zone there, or correct the peer's address:
  BIND: zone "example.com" { type primary; file "example.com.zone"; }; and allow-query
  Knot: zone: - domain: example.com, file: example.com.zone
  NSD: zone: name: "example.com", zonefile: "example.com.zone"; and allow-query:
  PowerDNS: pdnsutil load-zone example.com example.com.zone && pdnsutil set-kind example.com primary

The primary 192.0.2.53 port 53 does not transfer example.com: it answers SERVFAIL.
Next: see what the server itself says of the zone:
  BIND: rndc zonestatus example.com; named-checkzone example.com FILE
  Knot: knotc zone-status example.com; kzonecheck -o example.com FILE
  NSD: nsd-control zonestatus example.com; nsd-checkzone example.com FILE
  PowerDNS: pdnsutil check-zone example.com

The primary 192.0.2.53 port 53 does not transfer example.com: it did not sign its response to a query signed with the key "cf.example.com.".
Next: query the server itself, not a proxy in front of it, and give it the key:
  BIND: key "cf.example.com." { algorithm hmac-sha512; secret "…"; };
  Knot: key: - id: cf.example.com, algorithm: hmac-sha512, secret: …
  NSD: key: name: "cf.example.com.", algorithm: hmac-sha512, secret: "…"
  PowerDNS: pdnsutil import-tsig-key cf.example.com hmac-sha512 '…' && pdnsutil activate-tsig-key example.com cf.example.com primary

The primary 192.0.2.53 port 53 does not transfer example.com: its response has a wrong TSIG, so it was changed on the way, or is from a server with another secret for the key "cf.example.com.".
Next: look for a proxy or firewall that changes DNS; all servers behind the address need the same key:
  BIND: key "cf.example.com." { algorithm hmac-sha512; secret "…"; };
  Knot: key: - id: cf.example.com, algorithm: hmac-sha512, secret: …
  NSD: key: name: "cf.example.com.", algorithm: hmac-sha512, secret: "…"
  PowerDNS: pdnsutil import-tsig-key cf.example.com hmac-sha512 '…' && pdnsutil activate-tsig-key example.com cf.example.com primary

The primary 192.0.2.53 port 53 does not transfer example.com: what came back is not a response to the query (its id does not match).
Next: make sure that the DNS server listens there, and nothing else:
  BIND: options { listen-on port 53 { 192.0.2.53; }; };
  Knot: server: listen: 192.0.2.53@53
  NSD: server: ip-address: 192.0.2.53@53, do-tcp: yes
  PowerDNS: local-address=192.0.2.53, local-port=53"
`);
});

test("a server that took the connection and is silent has other lines", () => {
  expect(messageOf({ kind: "silent", connected: true, afterMs: 5000 })).toMatchInlineSnapshot(`
"The primary 192.0.2.53 port 53 cannot be queried about example.com: it accepted the connection and sent nothing within 5 s.
Next: check in its log whether it has too many connections or blocks this machine (ADDRESS is this machine's, as the primary sees it):
  BIND: options { tcp-clients 150; }; and blackhole must not have ADDRESS
  Knot: server: tcp-max-clients, tcp-workers
  NSD: server: tcp-count: 100
  PowerDNS: max-tcp-connections=20, max-tcp-connections-per-client=0"
`);
});

test.each(Object.values(troubles))("the lines for $kind are for each server, or for any", (trouble) => {
  const { lines } = adviceFor(trouble, { zoneName, primary });
  const servers = lines.map((line) => line.split(":")[0]);
  if (trouble.kind === "clock") expect(lines).toHaveLength(2);
  else expect(servers.slice(0, 4)).toEqual(["BIND", "Knot", "NSD", "PowerDNS"]);
});

test("a clock that is behind is told so", () => {
  expect(messageOf({ kind: "clock", secondsApart: -7200 })).toContain(
    "its clock is 7200 s behind this machine's",
  );
});

test("a code without a name is told as a number", () => {
  expect(messageOf({ kind: "failed", rcode: 11 })).toContain("it answers with code 11.");
});

test("an address of IPv6 is listened on by its own option", () => {
  const { lines } = adviceFor(troubles.unreachable, {
    zoneName,
    primary: { ...primary, address: "2001:db8::53" },
  });
  expect(lines[0]).toBe("BIND: options { listen-on-v6 port 53 { 2001:db8::53; }; };");
});

test("a primary with a name of its own is called by it", () => {
  const named = { ...primary, name: "stockholm" };
  expect(
    new PrimaryError({ asked: { primary: named, zoneName, type: "SOA" }, cause: troubles.refused }).message,
  ).toMatch(/^The primary stockholm \(192\.0\.2\.53 port 53\) does not answer for example\.com: /);
});

test("without a zone it is the key that was tried", () => {
  const { message, data } = new PrimaryError({
    asked: { primary, type: "SOA" },
    cause: troubles["unknown-key"],
  });
  expect(message).toMatch(
    /^The primary 192\.0\.2\.53 port 53 does not accept the peer's TSIG key: it does not know/,
  );
  expect(data).not.toHaveProperty("zoneName");
  expect(new PrimaryError({ asked: { primary, type: "SOA" }, cause: troubles.unreachable }).message).toMatch(
    /^The primary 192\.0\.2\.53 port 53 cannot be queried: nothing listens there \(ECONNREFUSED\)\.\n/,
  );
});

test("the data say what was asked of whom, and no secret is anywhere", () => {
  const error = new PrimaryError({ asked: { primary, zoneName, type: "AXFR" }, cause: troubles.clock });
  expect(error.code).toBe("SECONDARY_DNS_PRIMARY");
  expect(error.data).toEqual({
    zoneName,
    asked: "AXFR",
    primary: keyless,
    keyName: "cf.example.com.",
    cause: troubles.clock,
  });
  for (const trouble of Object.values(troubles))
    expect(JSON.stringify([messageOf(trouble), error])).not.toContain(SECRET);
});
