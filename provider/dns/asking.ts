import type { QuestionType } from "./message";
import type { Primary } from "./primary";

/** Who was asked for what, when something went wrong. */
export interface Asked {
  readonly primary: Primary;
  /** Left out: the key itself was tried. */
  readonly zoneName?: string;
  readonly type: QuestionType;
}

export interface AskOptions {
  /** For the connection and the answer together; 5000 by default. */
  readonly timeoutMs?: number;
  /** The clock that TSIGs are made and judged by, in milliseconds. */
  readonly now?: () => number;
}
