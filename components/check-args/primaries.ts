import { TransferPeer } from "../../provider/transfer-peer";
import { at, type Problem, shape, strayFields } from "./problem";

const FORMS = "{ address, port? } or { existing: a TransferPeer }";

export function primariesProblems(primaries: unknown): Problem[] {
  if (primaries === undefined) return [];
  if (!Array.isArray(primaries))
    return [{ path: "primaries", given: shape(primaries), allowed: `a list of ${FORMS}` }];
  return primaries.flatMap((primary: unknown, index) => primaryProblems(primary, `primaries[${index}]`));
}

function primaryProblems(primary: unknown, path: string): Problem[] {
  const existing = at(primary, "existing");
  if (existing === undefined && at(primary, "address") !== undefined)
    return strayFields(primary, path, ["address", "port"]);
  if (TransferPeer.isInstance(existing)) return strayFields(primary, path, ["existing"]);
  return [{ path, given: shape(primary), allowed: FORMS }];
}
