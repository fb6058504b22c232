import { RCODE } from "../../../simulator/dns/codes";
import { rcodeOf } from "../../../simulator/dns/message";
import { isAuthentic, lookUp } from "./query";
import type { Resolver } from "./resolver";

/** One question, and what came of it. */
export interface Seen {
  /** The resolver and the question. */
  readonly what: string;
  readonly asked: number;
  readonly answered: number;
  readonly outcome: Outcome;
  /** Whether the resolver says that it has validated it. */
  readonly isAuthentic: boolean;
}

/** As expected, or what came in place of it. */
export type Outcome = "expected" | "SERVFAIL" | "REFUSED" | "no response" | "another answer";

export interface Resolvers {
  readonly remembering: Resolver;
  /** Made to forget all before each round. */
  readonly forgetful: Resolver;
}

let asked = 0;

/** Asks each of the resolvers for what the child has, and for a name that it does not have and that nobody has asked for. */
export async function askAll({ remembering, forgetful }: Resolvers, zone: string): Promise<readonly Seen[]> {
  asked += 1;
  await forgetful.flush(".");
  const unheardOf = `nope-${asked}.${zone}`;
  return Promise.all(
    [remembering, forgetful].flatMap((resolver) => [
      askOne(resolver, zone, "SOA", "NOERROR"),
      askOne(resolver, `www.${zone}`, "A", "NOERROR"),
      askOne(resolver, unheardOf, "A", "NXDOMAIN"),
    ]),
  );
}

async function askOne(
  resolver: Resolver,
  name: string,
  type: "SOA" | "A",
  expected: "NOERROR" | "NXDOMAIN",
): Promise<Seen> {
  const asked = Date.now();
  // As a stub resolver does (resolv.conf(5)): a resolver that finds no answer says SERVFAIL, and a lost datagram is no fault of the zone.
  const response = (await lookUp(resolver, name, type)) ?? (await lookUp(resolver, name, type));
  const seen = { what: `${resolver.name}: ${name} ${type}`, asked, answered: Date.now() };
  if (response === undefined) return { ...seen, outcome: "no response", isAuthentic: false };
  const rcode = rcodeOf(response);
  const isExpected = rcode === RCODE[expected] && response.answers.length > 0 === (expected === "NOERROR");
  return { ...seen, outcome: isExpected ? "expected" : faultOf(rcode), isAuthentic: isAuthentic(response) };
}

function faultOf(rcode: number): Outcome {
  if (rcode === RCODE.SERVFAIL) return "SERVFAIL";
  if (rcode === RCODE.REFUSED) return "REFUSED";
  return "another answer";
}
