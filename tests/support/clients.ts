import { type CloudflareClient, createCloudflareClient } from "../../provider/cloudflare/client";
import { readSettings } from "../../provider/core/settings";
import { createTransport, type TransportOptions } from "../../provider/core/transport";
import { createHostupClient, type HostupClient } from "../../provider/hostup/client";

export interface Clients {
  readonly cloudflare: CloudflareClient;
  readonly hostup: HostupClient;
}

/** Both typed clients as the resources use them, with a transport that loses patience soon. */
export function clientsOf(
  config: Readonly<Record<string, string>>,
  options: TransportOptions = { timeout: 1_000 },
): Clients {
  const source = { config: (key: string) => config[key], env: () => undefined };
  const transport = createTransport(options);
  return {
    cloudflare: createCloudflareClient(transport, readSettings(source, "cloudflare", undefined)),
    hostup: createHostupClient(transport, readSettings(source, "hostup", undefined)),
  };
}
