import type { QueryOptions } from "../../dns/asked";
import { failed, type Result } from "../../dns/failure";
import type { Message, Question } from "../../dns/message";
import type { Primary } from "../../dns/primary";
import { query } from "../../dns/query";

const [NOERROR, NXDOMAIN] = [0, 3];
/** A resolver may have to ask its way down from the root. */
const TIMEOUT_MS = 4_000;

/** Asks resolvers in turn until one of them says whether there is such a record. */
export async function askResolvers(
  resolvers: readonly Primary[],
  question: Omit<Question, "recursive">,
  options: QueryOptions = {},
): Promise<Result<Message> | undefined> {
  let last: Result<Message> | undefined;
  for (const resolver of resolvers) {
    last = await askForRecords(resolver, { ...question, recursive: true }, options);
    if (last.ok) return last;
  }
  return last;
}

/** Over UDP, and over TCP where the response does not fit or none comes. */
export async function askForRecords(
  server: Primary,
  question: Question,
  options: QueryOptions = {},
): Promise<Result<Message>> {
  const asked = { primary: server, zoneName: question.name, type: question.type };
  const patient = { timeoutMs: TIMEOUT_MS, ...options };
  const datagram = await query(asked, question, { ...patient, transport: "udp" });
  const response =
    datagram.ok && !datagram.value.message.isTruncated
      ? datagram
      : await query(asked, question, { ...patient, transport: "tcp" });
  if (!response.ok) return response;
  const { message } = response.value;
  if (message.rcode === NOERROR || message.rcode === NXDOMAIN) return { ok: true, value: message };
  return failed(asked, { kind: "failed", rcode: message.rcode });
}
