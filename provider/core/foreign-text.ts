import { stripVTControlCharacters } from "node:util";
import { FOREIGN_READ, FOREIGN_TEXT } from "./bounds";
import { redact } from "./secret";

/** Control and format characters, among them those of a terminal and those that turn the direction; and half characters. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * A text that somebody else wrote, as a message of ours may show it: without secrets, on one line, so that it
 * cannot pass for a line of ours, and cut.
 */
export function foreignText(text: string, most = FOREIGN_TEXT): string {
  if (text.length > FOREIGN_READ) return `(a text of ${text.length} characters)`;
  const line = stripVTControlCharacters(redact(text)).replace(UNSEEN, " ").trim();
  // What was taken out may have stood in the middle of a secret.
  const clean = redact(line);
  if (clean === "") return "(nothing readable)";
  return clean.length > most ? `${clean.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : clean;
}

/** A message of ours, of several lines, as a terminal may get it, whatever has got into it. */
export function printable(message: string): string {
  const lines = stripVTControlCharacters(redact(message)).split("\n");
  return redact(lines.map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, " ")).join("\n"));
}
