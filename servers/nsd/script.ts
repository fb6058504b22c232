import { withoutDot } from "../../provider/dns/domain-name";
import type { PrimaryZone, Zones } from "../primary-zone";
import { shortName } from "../zone-name";

/**
 * One script for every way of signing, so that each of them goes on where another has stopped: with the same keys and
 * with a serial that rises. A zone that has keys stays signed until somebody empties the lists of their names.
 *
 * A serial in the form of a date is more than the seconds of ldns-signzone's `-u`, which would raise it by one, once.
 * `-t 0`, since ldns-signzone would add an iteration; no salt unless one is given (RFC 9276 section 3.1).
 */
const FUNCTION = [
  "set -eu",
  'cd "$(dirname "$0")"',
  "update() {",
  "  zone=$1 name=$2 denial=$3",
  '  if [ "$denial" = unsigned ]; then',
  '    [ -e "$name.ksk" ] || { ln -sf "$name.zone" "$name.zone.signed"; return; }',
  '    ! grep -q NSEC3PARAM "$name.zone.signed" || denial=nsec3',
  '  elif [ ! -s "$name.ksk" ] && grep -q "[[:space:]]RRSIG[[:space:]]" "$name.zone"; then',
  '    echo "$name.zone is signed already, and $name.ksk names no key" >&2; exit 1',
  "  fi",
  '  echo "\\$ORIGIN $zone." | cat - "$name.zone" | ldns-read-zone -S "+$(($(date +%s) / 60))" > "$name.zone.raised"',
  '  if [ "$3" != unsigned ]; then',
  '    [ -s "$name.ksk" ] || ldns-keygen -a ECDSAP256SHA256 -k "$zone" > "$name.ksk"',
  '    [ -s "$name.zsk" ] || ldns-keygen -a ECDSAP256SHA256 "$zone" > "$name.zsk"',
  "  fi",
  '  if [ -s "$name.ksk" ]; then',
  '    set -- -o "$zone" -f "$name.zone.new" "$name.zone.raised" $(cat "$name.ksk" "$name.zsk")',
  '    [ "$denial" != nsec3 ] || set -- -n -t 0 "$@"',
  '    ldns-signzone "$@"',
  "  else",
  '    cp "$name.zone.raised" "$name.zone.new"',
  "  fi",
  '  mv "$name.zone.new" "$name.zone.signed"',
  "}",
];

export function scriptLines(zones: Zones): string[] {
  return [...FUNCTION, ...zones.map(call), "nsd-control reload"];
}

function call({ name, signing }: PrimaryZone): string {
  const denial = signing.by === "nobody" ? "unsigned" : signing.denial;
  return `update '${withoutDot(name)}' '${shortName(name)}' ${denial}`;
}
