import { type CloudflareClient, createCloudflareClient } from "../cloudflare/client";
import { readSettings, type SettingsSource } from "../core/settings";
import { createTransport } from "../core/transport";
import { createHostupClient, type HostupClient } from "../hostup/client";

/** One connection pool for all resources of the process. */
const transport = createTransport();

export function cloudflare(settings: SettingsSource, profile: string | undefined): CloudflareClient {
  return createCloudflareClient(transport, readSettings(settings, "cloudflare", profile));
}

export function hostup(settings: SettingsSource, profile: string | undefined): HostupClient {
  return createHostupClient(transport, readSettings(settings, "hostup", profile));
}
