import { z } from "zod";
import type { DsAtParent } from "../../chain/view/ds-at-parent";
import { textOf } from "../../chain/view/parent-view";
import { type DnssecFlags, servingNow } from "../../chain/view/serving";
import { withoutDot } from "../../dns/domain-name";
import type { PropertyMap } from "../../engine/property-values";

const flags = z.object({
  status: z.enum(["active", "disabled"]),
  dnssecPresigned: z.boolean(),
  dnssecUseNsec3: z.boolean(),
  dnssecMultiSigner: z.boolean(),
});

interface Saved {
  readonly __zoneName?: string | undefined;
  readonly dsAtParent?: DsAtParent | undefined;
  readonly status?: string | undefined;
  readonly dnssecPresigned?: boolean | undefined;
  readonly dnssecUseNsec3?: boolean | undefined;
  readonly dnssecMultiSigner?: boolean | undefined;
}

/**
 * What a preview says of a change of who signs a zone whose parent had a DS when it was last looked at. A preview asks
 * nobody, so whether the change is refused is for the update to say.
 */
export function previewWarning(state: Saved, news: PropertyMap): string | undefined {
  const { __zoneName: zoneName, dsAtParent } = state;
  const wanted = flags.safeParse(news);
  if (zoneName === undefined || dsAtParent === undefined || !wanted.success) return undefined;
  const current: DnssecFlags = {
    status: state.status === "disabled" ? "disabled" : "active",
    dnssecPresigned: state.dnssecPresigned ?? false,
    dnssecUseNsec3: state.dnssecUseNsec3 ?? false,
    dnssecMultiSigner: state.dnssecMultiSigner ?? false,
  };
  const signerOf = (each: DnssecFlags) =>
    each.status === "disabled" ? "nobody" : servingNow(each, true).signer;
  const [now, next] = [signerOf(current), signerOf(wanted.data)];
  // One more signer takes no key away.
  if (now === next || next === "both" || dsAtParent.records.length === 0) return undefined;
  const ds = dsAtParent.records.map(textOf).join(" and ");
  return `Danger for ${withoutDot(zoneName)}: this changes who signs it, and its parent has a DS (${ds}), as far as the state knows. "pulumi up" checks again, and refuses a change that would not validate. The safe order is in docs/the-ds-at-the-registrar.md of the package.`;
}
