import type { TsigKey } from "../../cloudflare/tsigs";
import { withoutDot } from "../../dns/domain-name";
import { canonicalAlgorithm, canonicalName } from "./plan";

/** What a refresh says when Cloudflare has another key than the state; `undefined` when it is the same. */
export function describeChange(saved: TsigKey, found: TsigKey): string | undefined {
  const [name, algo] = [canonicalName(found.name), canonicalAlgorithm(found.algo)];
  const changes = [
    ...(name === canonicalName(saved.name) ? [] : [`the name "${name}"`]),
    ...(algo === canonicalAlgorithm(saved.algo) ? [] : [`the algorithm ${withoutDot(algo)}`]),
    ...(found.secret.reveal() === saved.secret.reveal() ? [] : ["another secret"]),
  ];
  if (changes.length === 0) return undefined;
  return `TSIG "${canonicalName(saved.name)}" was changed outside Pulumi: at Cloudflare it has ${changes.join(", ")} now. Do not put that key on the primary, even if a message or primary-config shows it: "pulumi up" restores the program's key.`;
}
