import type { SecondaryZoneArgs } from "./secondary-zone-args";

/** What each child at Cloudflare is told of credentials. */
export type Credentials = Pick<SecondaryZoneArgs, "profile">;

export function credentialsOf({ profile }: SecondaryZoneArgs): Credentials {
  return profile === undefined ? {} : { profile };
}
