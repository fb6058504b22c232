import { isIPv4 } from "node:net";

/** Whether it is an address of 127.0.0.0/8, which no other machine can reach. */
export function isLoopback(address: string): boolean {
  return isIPv4(address) && address.startsWith("127.");
}
