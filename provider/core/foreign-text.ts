import { stripVTControlCharacters } from "node:util";
import { redact } from "./secret";

/**
 * Somebody else's text as one line of ours: secrets out first, so that a cut leaves no half of one, then control
 * characters and line breaks, which could move the cursor or pass for a line of ours.
 */
export function foreignText(text: string, longest = 500): string {
  const line = stripVTControlCharacters(redact(text))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
