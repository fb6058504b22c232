import { strangersIn } from "../../provider/chain/decide/key-carry-over";
import { hasDs } from "../../provider/chain/view/parent-view";
import { success } from "../../provider/dns/failure";
import { nameAndAddress } from "../../provider/dns/primary";
import { type Found, fault, warning } from "./finding";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { tagsOf } from "./words";

type Signed = ReturnType<typeof signedPrimaries>[number];

/** Cloudflare transfers from any of its primaries, so all of them have to sign with keys that all of them publish. */
export function judgeDifferences(seen: Seen): Found[] {
  const { zoneName, chain } = seen;
  const pair = differingPrimaries(seen);
  if (pair === undefined) return [];
  return [
    (hasDs(chain.parent) ? fault : warning)(
      "primaries-differ",
      `The primaries ${pair.map(signing).join(" and ")} sign ${zoneName} with keys that are not published at both. Cloudflare transfers from either, and resolvers cache the keys and signatures of each: where there is a DS, such a mixture is bogus.`,
      "keep the DS of what is served now, and let one primary alone sign: have the other transfer the zone from it, or copy its keys there. Or publish the DNSKEYs of each at the other too (RFC 6781 section 4.3.5).",
    ),
  ];
}

/** The first two whose signatures do not go with each other's keys. */
export function differingPrimaries(seen: Seen): readonly [Signed, Signed] | undefined {
  const { signer } = servingBy(seen.dnssec);
  if (signer !== "primary" && signer !== "both") return undefined;
  const [first, ...others] = signedPrimaries(seen);
  if (first === undefined) return undefined;
  const other = others.find(
    (each) => strangersIn({ primaries: [each], secondary: [first.view] }, "remembered").length > 0,
  );
  return other && [first, other];
}

function signedPrimaries({ chain }: Seen) {
  return chain.primaries.flatMap(({ primary, view }) =>
    view.ok && view.value.isSigned ? [{ primary, zone: view.value, view: success(view.value) }] : [],
  );
}

function signing({ primary, zone: { signers, zoneSigners } }: Signed): string {
  return `${nameAndAddress(primary)} (${tagsOf([...new Set([...signers, ...zoneSigners])])})`;
}
