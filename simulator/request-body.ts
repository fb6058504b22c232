import type { IncomingMessage } from "node:http";

/**
 * Reads a body to its end, or only so far that it is seen to be too long: undefined then. Nobody keeps
 * what is longer, and the connection is still there to say so.
 */
export async function readBody(incoming: IncomingMessage, mostOctets: number): Promise<string | undefined> {
  if (Number(incoming.headers["content-length"] ?? 0) > mostOctets) return undefined;
  const chunks: Buffer[] = [];
  let octets = 0;
  const stream: AsyncIterable<Buffer> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of stream) {
    octets += chunk.length;
    if (octets > mostOctets) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
