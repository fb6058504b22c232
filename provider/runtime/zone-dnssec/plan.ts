import { type Serving, servingNow } from "../../chain/view/serving";
import { askedStatus, type Dnssec, type DnssecEdit } from "../../cloudflare/dnssec";

/** What people choose about a zone's DNSSEC, apart from what the parent's DS makes of it. */
export interface DnssecSettings {
  readonly status: "active" | "disabled" | "error";
  readonly dnssecPresigned: boolean;
  readonly dnssecUseNsec3: boolean;
  readonly dnssecMultiSigner: boolean;
}

/** What was there before the first change. `deleted`: never enabled, or deleted, so without keys. */
export type DnssecBefore = DnssecSettings & { readonly deleted: boolean };

export type OnDelete = "restore" | "disable" | "retain";

/** The settings behind an answer; what the parent's DS makes of the status is not one of them. */
export function settingsOf(observed: Dnssec): DnssecSettings {
  return {
    status: askedStatus[observed.status ?? "disabled"],
    dnssecPresigned: observed.dnssec_presigned ?? false,
    dnssecUseNsec3: observed.dnssec_use_nsec3 ?? false,
    dnssecMultiSigner: observed.dnssec_multi_signer ?? false,
  };
}

export function beforeOf(observed: Dnssec): DnssecBefore {
  const settings = settingsOf(observed);
  return { ...settings, deleted: settings.status === "disabled" && !observed.modified_on };
}

/**
 * The change that is needed, or `undefined`. Only what differs is sent: "DNSSEC is already enabled"
 * is an error at Cloudflare, and presigned and NSEC3 must switch in one call, since negative answers
 * fail between the two.
 */
export function planEdit(observed: Dnssec, wanted: DnssecSettings): DnssecEdit | undefined {
  const is = settingsOf(observed);
  const edit: DnssecEdit = {
    ...(is.status !== wanted.status && wanted.status !== "error" ? { status: wanted.status } : {}),
    ...(is.dnssecPresigned === wanted.dnssecPresigned ? {} : { dnssec_presigned: wanted.dnssecPresigned }),
    ...(is.dnssecUseNsec3 === wanted.dnssecUseNsec3 ? {} : { dnssec_use_nsec3: wanted.dnssecUseNsec3 }),
    ...(is.dnssecMultiSigner === wanted.dnssecMultiSigner
      ? {}
      : { dnssec_multi_signer: wanted.dnssecMultiSigner }),
  };
  return Object.keys(edit).length > 0 ? edit : undefined;
}

/** What the zone should be once the resource is gone, or `undefined` to leave it as it is. */
export function afterDelete(onDelete: OnDelete, before: DnssecBefore | undefined): DnssecBefore | undefined {
  switch (onDelete) {
    case "retain":
      return undefined;
    case "disable":
      return OFF;
    case "restore":
      return before;
  }
}

/** A presigned flag left behind makes a zone that turns primary answer REFUSED, so flags go as well. */
const OFF: DnssecBefore = {
  status: "disabled",
  dnssecPresigned: false,
  dnssecUseNsec3: false,
  dnssecMultiSigner: false,
  deleted: false,
};

/** Keys can be deleted only once the parent's DS is gone (state `disabled`, not `pending-disabled`). */
export function canDeleteKeys(observed: Dnssec): boolean {
  return observed.status === "disabled" && Boolean(observed.modified_on);
}

/** Disabled, Cloudflare goes on signing until the keys are deleted. */
export function servingOf(observed: Dnssec): Serving {
  return servingNow(settingsOf(observed), !beforeOf(observed).deleted);
}

/** The edit that takes one back. */
export function undoOf(observed: Dnssec, edit: DnssecEdit): DnssecEdit {
  const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner } = settingsOf(observed);
  return {
    ...(edit.status === undefined || status === "error" ? {} : { status }),
    ...(edit.dnssec_presigned === undefined ? {} : { dnssec_presigned: dnssecPresigned }),
    ...(edit.dnssec_use_nsec3 === undefined ? {} : { dnssec_use_nsec3: dnssecUseNsec3 }),
    ...(edit.dnssec_multi_signer === undefined ? {} : { dnssec_multi_signer: dnssecMultiSigner }),
  };
}

/** Without a status that is Cloudflare's own doing. */
export function ownSettings(observed: Dnssec): Partial<DnssecSettings> {
  const { status, ...flags } = settingsOf(observed);
  return status === "error" ? flags : { status, ...flags };
}
