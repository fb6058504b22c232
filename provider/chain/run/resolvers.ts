import { getServers } from "node:dns";
import { isIP } from "node:net";
import { SettingsError } from "../../core/errors";
import type { SettingsSource } from "../../core/settings";
import type { Primary } from "../../dns/primary";

const DNS_PORT = 53;
const ALLOWED =
  "an IP address, or address and port (192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:5353), several separated by commas";

/** Who is asked what stands at the parent: `secondary-dns:resolver`, `SECONDARY_DNS_RESOLVER`, else the system's resolvers. */
export function readResolvers(source: SettingsSource): readonly Primary[] {
  const config = source.config("secondary-dns:resolver")?.trim();
  const given = config || source.env("SECONDARY_DNS_RESOLVER")?.trim();
  const name = config ? "secondary-dns:resolver" : "SECONDARY_DNS_RESOLVER";
  const texts = given ? given.split(",").map((text) => text.trim()) : getServers();
  return texts.map((text) => {
    const endpoint = parseEndpoint(text);
    if (endpoint !== undefined) return { name: text, ...endpoint };
    throw new SettingsError(`${name} is ${JSON.stringify(given)}; allowed: ${ALLOWED}.`);
  });
}

function parseEndpoint(text: string): { readonly address: string; readonly port: number } | undefined {
  if (isIP(text) !== 0) return { address: text, port: DNS_PORT };
  const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? "";
  const port = Number(digits);
  const fits = isIP(address) === (bracketed === undefined ? 4 : 6) && port >= 1 && port <= 65_535;
  return fits ? { address, port } : undefined;
}
