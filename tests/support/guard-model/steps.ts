import type { Program } from "./program";
import type { Cds } from "./signed-zone";

/** What the team does at one of its servers. */
export type AtPrimary =
  | {
      readonly kind: "sign";
      readonly denial: "nsec" | "nsec3";
      readonly algorithm: 13 | 15;
      readonly keyTtl: number;
    }
  | { readonly kind: "stop signing" }
  | { readonly kind: "change denial" }
  | { readonly kind: "begin a rollover"; readonly of: "ksk" | "algorithm" }
  | { readonly kind: "end the rollover" }
  /** What it asks the parent for (RFC 7344): the DS of its keys, none at all, or whatever there is. */
  | { readonly kind: "publish CDS"; readonly cds: Cds }
  | { readonly kind: "edit" }
  | { readonly kind: "take the key"; readonly secret: number; readonly alone: boolean }
  | { readonly kind: "switch on or off" }
  | { readonly kind: "copy the other" };

export type AtParent =
  /** The DS of all key-signing keys that are served, of the latest alone, or of all that any of the servers has. */
  | { readonly kind: "publish"; readonly of: "all" | "latest" | "all servers"; readonly ttl: number }
  | { readonly kind: "withdraw" }
  /** As registries do that look for CDS by themselves. */
  | { readonly kind: "follow the CDS" }
  /** In HostUp's console, as if the program were not there. */
  | { readonly kind: "add at HostUp" | "remove at HostUp" }
  | { readonly kind: "change the TTL"; readonly ttl: number }
  /** To Cloudflare, or away from it. */
  | { readonly kind: "delegate"; readonly here: boolean }
  | { readonly kind: "switch on or off" };

export type AtConsole =
  | { readonly kind: "flag"; readonly flag: "dnssec_presigned" | "dnssec_use_nsec3" | "dnssec_multi_signer" }
  | { readonly kind: "status"; readonly status: "active" | "disabled" }
  | { readonly kind: "delete the keys" | "delete the transfer" }
  | { readonly kind: "change the secret" };

export type Step =
  | {
      readonly who: "program";
      readonly change: Partial<Program>;
      readonly follows: boolean;
      readonly refreshes: boolean;
    }
  | { readonly who: "program"; readonly run: "refresh" | "destroy" }
  | { readonly who: "primary"; readonly server: number; readonly does: AtPrimary; readonly notifies: boolean }
  | { readonly who: "parent"; readonly does: AtParent }
  | { readonly who: "console"; readonly does: AtConsole }
  | { readonly who: "time"; readonly seconds: number };
