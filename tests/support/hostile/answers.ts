import type { Answers } from "./answering";
import { CONNECTIONS } from "./connections";
import { RESULTS } from "./results";
import { STATUSES } from "./statuses";
import { TEXTS } from "./texts";

/** Everything that a hostile server does. */
export const ANSWERS: Answers = { ...CONNECTIONS, ...STATUSES, ...RESULTS, ...TEXTS };
