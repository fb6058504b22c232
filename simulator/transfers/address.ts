import type { Peer } from "../state";

export function addressOf({ ip, port }: Peer): string {
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}
