import type { QuestionType } from "./message";
import type { Primary } from "./primary";

/** Who was asked for what. */
export interface Asked {
  readonly primary: Primary;
  /** Left out: the key itself was tried. */
  readonly zoneName?: string;
  readonly type: QuestionType;
}

export interface QueryOptions {
  /** For the connection and the response together, in milliseconds; 5000 by default. */
  readonly timeoutMs?: number;
  /** The clock that TSIGs and signatures are judged by, in milliseconds since 1970. */
  readonly now?: () => number;
  /** `tcp` by default: a primary has to listen there for transfers anyway. */
  readonly transport?: "tcp" | "udp";
}
