import { withoutDot } from "../../dns/domain-name";
import { nameAndAddress, type Primary } from "../../dns/primary";
import { transferLines } from "../../primary/server-lines";

/** What this machine saw of the primary: a whole transfer, or no more than that the key is right. */
export type SeenHere = "transfers here" | "accepts the key";

/** What to say when the key is right and Cloudflare gets no transfer all the same. */
export function keptOut(
  { zoneName, primary }: { readonly zoneName: string; readonly primary: Primary },
  seen: SeenHere,
): string {
  const where = `The primary ${nameAndAddress(primary)}`;
  const zone = withoutDot(zoneName);
  const fact =
    seen === "transfers here"
      ? `${where} transfers ${zone} to this machine, so the primary's own list of addresses, or a firewall, keeps Cloudflare's addresses out.`
      : `${where} accepts the key but does not transfer ${zone} to this machine: either its address list excludes Cloudflare as well as this machine (excluding this machine is fine), or the key may not transfer this zone.`;
  return [
    fact,
    "Next: let Cloudflare in, at each ADDRESS that npx pulumi-secondary-dns primary-config names:",
    ...transferLines({ zone, primary }).map((line) => `  ${line}`),
  ].join("\n");
}
