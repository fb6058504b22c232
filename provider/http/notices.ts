import { NOTICES } from "../core/bounds";
import { say } from "../core/call-scope";
import { foreignText } from "../core/foreign-text";

/** Prints what a service says beside a result. */
export type Notices = (service: string, text: string) => void;

/** Each text once, and a bounded number of them. */
export function createNotices(print: (line: string) => void = say): Notices {
  const printed = new Set<string>();
  return (service, text) => {
    const line = `${service} says: ${foreignText(text)}`;
    if (printed.has(line) || printed.size >= NOTICES) return;
    printed.add(line);
    print(line);
  };
}
