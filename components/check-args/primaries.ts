import { canonicalAddress } from "../../provider/dns/address";
import { TransferPeer } from "../../provider/transfer-peer";
import { at, type Problem, shape, strayFields } from "./problem";

const FORMS = "{ address, port? } or { existing: a TransferPeer }";

export function primariesProblems(primaries: unknown): Problem[] {
  if (primaries === undefined) return [];
  if (!Array.isArray(primaries))
    return [{ path: "primaries", given: shape(primaries), allowed: `a list of ${FORMS}` }];
  return [
    ...primaries.flatMap((primary: unknown, index) => primaryProblems(primary, `primaries[${index}]`)),
    ...repeated(primaries),
  ];
}

/** Of those that are known now. Cloudflare would take both, and ask one server twice. */
function repeated(primaries: readonly unknown[]): Problem[] {
  const servers = primaries.map(serverOf);
  return servers.flatMap((server, index) => {
    const first = servers.indexOf(server);
    if (server === undefined || first === index) return [];
    const given = `the server of primaries[${first}] again`;
    return [{ path: `primaries[${index}]`, given, allowed: "each server once" }];
  });
}

function serverOf(primary: unknown): unknown {
  const existing = at(primary, "existing");
  if (existing !== undefined) return existing;
  const [address, port = 53] = [at(primary, "address"), at(primary, "port")];
  if (typeof address !== "string" || typeof port !== "number") return undefined;
  return `${canonicalAddress(address)} ${port}`;
}

function primaryProblems(primary: unknown, path: string): Problem[] {
  const existing = at(primary, "existing");
  if (existing === undefined && at(primary, "address") !== undefined)
    return strayFields(primary, path, ["address", "port"]);
  if (TransferPeer.isInstance(existing)) return strayFields(primary, path, ["existing"]);
  return [{ path, given: shape(primary), allowed: FORMS }];
}
