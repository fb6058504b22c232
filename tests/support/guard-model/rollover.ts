import { freshKeys, type Primary } from "./primary";
import type { Signing } from "./signed-zone";
import type { AtPrimary } from "./steps";

/** The DS of a key, as the parent has it. */
type DsOf = (dnskey: Buffer) => string;

/**
 * What the team makes of its server's signing; `undefined`: nothing to do. Rollovers go by the book (RFC 6781 4.1): the
 * new key signs beside the old one, and that one goes when no resolver can hold a DS that names it alone.
 */
export function signingAfter(
  primary: Primary,
  does: AtPrimary,
  heldDs: readonly (readonly string[])[],
  dsOf: DsOf,
): Signing | "unsigned" | undefined {
  const { signing } = primary;
  switch (does.kind) {
    case "sign":
      return signing ? undefined : { ...does, keys: freshKeys(primary, does.algorithm) };
    case "stop signing":
      return signing && "unsigned";
    case "change denial":
      return signing && { ...signing, denial: signing.denial === "nsec" ? "nsec3" : "nsec" };
    case "publish CDS":
      return signing && signing.cds !== does.cds ? { ...signing, cds: does.cds } : undefined;
    case "begin a rollover":
      return signing && begun(primary, signing, does.of);
    case "end the rollover":
      return signing && ended(signing, heldDs, dsOf);
    default:
      return undefined;
  }
}

function begun(primary: Primary, signing: Signing, of: "ksk" | "algorithm"): Signing | undefined {
  const [ksk, another] = signing.keys.ksks;
  const [zsk] = signing.keys.zsks;
  if (another) return undefined;
  const algorithm = ksk.dnskey.readUInt8(3) === 13 ? 13 : 15;
  if (of === "ksk")
    return { ...signing, keys: { ksks: [ksk, primary.newKey(algorithm, "ksk")], zsks: [zsk] } };
  const fresh = freshKeys(primary, algorithm === 13 ? 15 : 13);
  return { ...signing, keys: { ksks: [ksk, ...fresh.ksks], zsks: [zsk, ...fresh.zsks] } };
}

function ended(signing: Signing, heldDs: readonly (readonly string[])[], dsOf: DsOf): Signing | undefined {
  const [, ksk] = signing.keys.ksks;
  const [oldZsk, newZsk] = signing.keys.zsks;
  if (ksk === undefined) return undefined;
  const name = dsOf(ksk.dnskey);
  if (heldDs.some((ds) => ds.length > 0 && !ds.includes(name))) return undefined;
  return { ...signing, keys: { ksks: [ksk], zsks: [newZsk ?? oldZsk] } };
}
