/** A small zone with one of each that a signed zone can answer: a wildcard, an empty name, a delegation. */
export function zoneText(zone: string, serial: number): string {
  return `$ORIGIN ${zone}.
$TTL 300
@ IN SOA ns1 hostmaster ${serial} 3600 900 1209600 300
@ IN NS ns1
@ IN A 192.0.2.10
@ IN TXT "v=spf1 -all"
@ IN MX 10 mail
mail IN A 192.0.2.25
ns1 IN A 127.0.0.1
www IN CNAME @
*.wild IN A 192.0.2.77
a.b.ent IN A 192.0.2.78
sub IN NS ns.sub
ns.sub IN A 192.0.2.53
`;
}
