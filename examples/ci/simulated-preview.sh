#!/bin/sh
# simulated-preview.sh BASE CHANGE: what the program in CHANGE would do to a zone that the one in BASE has made, all of
# it at a simulator. Needs no secret, no account and no state: for pull requests from forks.
#
# Both are folders with the program and its installed packages. Settings and outputs have the names that they have in
# examples/secondary-zone of pulumi-secondary-dns.
set -eu
base=$(cd "$1" && pwd)
change=$(cd "$2" && pwd)
work=$(mktemp -d)

# Not npx, which would leave the simulator behind when it is killed.
"$base/node_modules/.bin/pulumi-secondary-dns" simulator --zones 1 --primary >"$work/address.json" 2>"$work/requests.log" &
simulator=$!
trap 'kill "$simulator"; rm -rf "$work"' EXIT
until [ -s "$work/address.json" ]; do
  kill -0 "$simulator"
  sleep 0.1
done
address() { node -p "JSON.parse(fs.readFileSync('$work/address.json', 'utf8')).$1"; }

mkdir "$work/state"
export PULUMI_BACKEND_URL="file://$work/state" PULUMI_CONFIG_PASSPHRASE=simulated
CLOUDFLARE_API_TOKEN=$(address cloudflareToken)
CLOUDFLARE_BASE_URL=$(address cloudflare)
SECONDARY_DNS_RESOLVER=$(address dns)
export CLOUDFLARE_API_TOKEN CLOUDFLARE_BASE_URL SECONDARY_DNS_RESOLVER
zone=$(address 'zones[0].name')

# What the base makes is shown only when it fails.
up() { pulumi up --yes --skip-preview >"$work/up.log" || { cat "$work/up.log"; exit 1; }; }

cd "$base"
pulumi stack init simulated
pulumi config set accountId "$(address accountId)"
pulumi config set zoneId "$(address 'zones[0].id')"
pulumi config set zoneName "$zone"

up
# The primary gets the key, as an operator would give it to a real one.
secret=$(pulumi stack output tsigSecret --show-secrets)
curl --fail --silent --show-error --output "$work/primary.json" --request PATCH --header 'content-type: application/json' \
  --data "{\"keys\":{\"cf.$zone\":{\"algorithm\":\"hmac-sha512\",\"secret\":\"$secret\"}},\"zones\":{\"$zone\":{\"signing\":\"nsec3\",\"transferKeys\":[\"cf.$zone\"]}}}" \
  "$(address control)/primary"
pulumi config set --path 'primaries[0].address' 127.0.0.1
pulumi config set --path 'primaries[0].port' "$(address primary | cut -d: -f2)"
up

mv Pulumi.simulated.yaml "$change"
cd "$change"
pulumi preview --stack simulated --diff
