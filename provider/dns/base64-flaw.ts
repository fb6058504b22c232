import { base64Octets } from "./tsig-algorithm";

const FLAWS: readonly (readonly [flaw: string, is: (text: string) => boolean])[] = [
  ["it is empty", (text) => text === ""],
  ["it has a line break", (text) => /[\r\n]/.test(text)],
  ["it has a space", (text) => /\s/.test(text)],
  [
    'it is in the URL-safe alphabet, with "-" and "_" where base64 has "+" and "/"',
    (text) => /[-_]/.test(text) && /^[\w-]+=*$/.test(text),
  ],
  ["it has a character that base64 does not use", (text) => /[^A-Za-z0-9+/=]/.test(text)],
  ["its padding is missing or wrong", (text) => text.length % 4 !== 0 || !/^[^=]+={0,2}$/.test(text)],
  // RFC 4648 section 3.5: they must be zero.
  ["its last character has bits that stand for nothing", (text) => base64Octets(text) === undefined],
];

/** Why a text is not base64 of so many octets, in words that show nothing of it; `undefined` when it is. */
export function base64Flaw(text: string, least: number, most: number): string | undefined {
  const flaw = FLAWS.find(([, is]) => is(text));
  if (flaw !== undefined) return flaw[0];
  const octets = base64Octets(text) ?? 0;
  return octets < least || octets > most ? `it is ${octets} bytes long` : undefined;
}
