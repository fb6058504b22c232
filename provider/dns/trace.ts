import { debuglog } from "node:util";
import { foreignText } from "../core/foreign-text";
import type { Asked } from "./asked";

const debug = debuglog("secondary-dns");

export interface TracedQuestion {
  readonly asked: Asked;
  readonly transport: "tcp" | "udp";
  /** Milliseconds from the question to what came of it. */
  readonly took: number;
  readonly came: string;
}

/** One line a question with `NODE_DEBUG=secondary-dns`: never a record, and of a key its name alone. */
export function traceQuestion({ asked, transport, took, came }: TracedQuestion): void {
  if (!debug.enabled) return;
  const { primary, zoneName = "-", type } = asked;
  const { address, port, key } = primary;
  const line = `DNS ${address} port ${port} ${transport} ${type} ${zoneName} ${came} took=${took}ms key=${key?.name ?? "-"}`;
  debug("%s", foreignText(line));
}
