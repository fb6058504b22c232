/** What stands at one index of a text. */
export interface Letter {
  /** Taken as it stands; "" for what does not count when secrets are compared. */
  readonly plain: string;
  /** Taken as the beginning of an escape, if it can be one, and where that ends. */
  readonly escaped?: { readonly letter: string; readonly end: number };
}

const OTHER_ALPHABET: Readonly<Record<string, string>> = { "-": "+", _: "/" };

/**
 * A letter as secrets are compared: in lower case, and in one of the two alphabets of base64. White space and
 * what nobody sees do not count.
 */
export function plainLetter(letter: string): string {
  if (/[\s\p{Cc}\p{Cf}\p{Z}]/u.test(letter)) return "";
  return OTHER_ALPHABET[letter] ?? letter.toLowerCase();
}

/** URL-encoded, once or more often; as JSON and as HTML escape. */
const ESCAPE =
  /%(?:25)*(?<percent>[0-9a-f]{2})|\\u(?<json>[0-9a-f]{4})|\\(?<sign>["/\\nrt])|&#x(?<hex>[0-9a-f]{1,6});|&#(?<decimal>\d{1,7});/iy;

/** Every index of the text, since an escape may begin at any. */
export function lettersOf(text: string): Letter[] {
  return Array.from({ length: text.length }, (_, index) => {
    const plain = plainLetter(text.charAt(index));
    const escaped = escapeAt(text, index);
    return escaped === undefined ? { plain } : { plain, escaped };
  });
}

function escapeAt(text: string, index: number): Letter["escaped"] {
  if (!"%\\&".includes(text.charAt(index))) return undefined;
  ESCAPE.lastIndex = index;
  const found = ESCAPE.exec(text);
  if (found === null) return undefined;
  const { percent, json, sign, hex, decimal } = found.groups ?? {};
  const code = decimal === undefined ? Number.parseInt(percent ?? json ?? hex ?? "0", 16) : Number(decimal);
  const letter = sign === undefined ? characterOf(code) : sign.replace(/[nrt]/, "");
  return { letter: plainLetter(letter), end: ESCAPE.lastIndex };
}

/** Nothing for a number that no character has. */
function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
