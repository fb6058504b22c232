import type { Finding, Found, Place } from "./finding";
import { judgeCloudflare } from "./judge-cloudflare";
import { judgeParent } from "./judge-parent";
import { judgePrimaries } from "./judge-primaries";
import { judgeRegistrar } from "./judge-registrar";
import { judgeSecondary } from "./judge-secondary";
import type { Seen } from "./seen";

/** What is to be said of a zone, from its primaries to the registrar. Looks at nothing but what was seen. */
export function judge(seen: Seen): readonly Finding[] {
  return [
    ...at("primary", judgePrimaries(seen)),
    ...at("cloudflare", judgeCloudflare(seen)),
    ...at("secondary", judgeSecondary(seen)),
    ...at("parent", judgeParent(seen)),
    ...at("registrar", judgeRegistrar(seen)),
  ];
}

function at(place: Place, found: readonly Found[]): readonly Finding[] {
  return found.map((each) => ({ place, ...each }));
}
