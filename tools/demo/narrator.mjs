// @ts-check

const WIDTH = 80;
const isColored = Boolean(process.stdout.isTTY) && process.env.NO_COLOR === undefined;

/** @typedef {"bold" | "dim" | "green" | "yellow" | "red"} Color */

/** @type {Record<Color, number>} */
const CODES = { bold: 1, dim: 2, green: 32, yellow: 33, red: 31 };

/**
 * @param {Color} color
 * @param {string} text
 */
function paint(color, text) {
  return isColored ? `\x1b[${CODES[color]}m${text}\x1b[0m` : text;
}

let steps = 0;

/**
 * A step of the story, before it is done: what it waits for stands on the screen.
 * @param {string} title
 * @param {string} [command]
 */
export function step(title, command) {
  steps += 1;
  console.log(`\n${paint("bold", wrapped(`${steps}. ${title}`, "   "))}`);
  if (command !== undefined) console.log(paint("dim", wrapped(`   $ ${command}`, "     ")));
}

/**
 * What came of it.
 * @param {string} text
 * @param {Color} [color]
 */
export function tell(text, color) {
  for (const line of text.split("\n")) {
    const indent = `   ${/^ */.exec(line)?.[0] ?? ""}`;
    const shown = wrapped(`   ${line}`, `${indent}  `);
    console.log(color === undefined ? shown : paint(color, shown));
  }
}

/** Lines of the CLI that tell nothing new in a story: headings, progress, counts of time, advice for later. */
const NOISE = [
  /^\s*$/,
  /^@ /,
  /^(Previewing|Updating|Destroying|Refreshing) /,
  /^(Resources|Outputs|Diagnostics):$/,
  /^Duration:/,
  /^ {4}\w+ *: /,
  /^The resources in the stack|^If you want to remove/,
  /^ {4}pulumi:pulumi:Stack/,
  /^ {2}pulumi:pulumi:Stack/,
  /^ {2}[-+~] \w+ *: /,
  / (creating|updating|deleting|refreshing|reading)( \(\d|\s|$)/,
  /\] refresh(ed)?\s/,
  / refresh( \(\d+\.\d+s\))? $/,
  /^ {4}\S+:\S+ \S+ (running|\s*)$/,
  /^ {2}\S+:\S+:\S+ \([^)]*\):$/,
  /^ +\d+ (unchanged|changes\. \d+ unchanged)$/,
];

/** What was not checked is not checked each time. @type {Set<string>} */
const told = new Set();

/**
 * What the CLI says of the resources, each by its class and name.
 * @param {string} output
 */
export function show(output) {
  /** Of a preview the CLI tells the stack twice. @type {Set<string>} */
  const shown = new Set();
  for (const line of output.split("\n").map(withComponent)) {
    if (NOISE.some((pattern) => pattern.test(line)) || told.has(line) || shown.has(line)) continue;
    if (/^ [-+~] /.test(line)) shown.add(line);
    if (line.includes("Not checked")) told.add(line);
    const text = line
      .replace(/pulumi-nodejs:dynamic\/secondary-dns:|secondary-dns:index:|pulumi:pulumi:/, "")
      .replace(/ \((\d|\.)+s\)/, "")
      .replace(/ \d+ (warning|message)s?(; \d+ messages?)?$/, "")
      .trimEnd();
    tell(text.replace(/^ {1,4}/, ""), colorOf(line));
  }
}

/**
 * The CLI does not say that a component is done, and counts it.
 * @param {string} line
 */
function withComponent(line) {
  return line.replace(/(:SecondaryZone \S+ )(creat|updat|delet)ing /, "$1$2ed ");
}

/**
 * @param {string} line
 * @returns {Color | undefined}
 */
function colorOf(line) {
  const [, sign] = /^ *([-+~])/.exec(line) ?? [];
  switch (sign) {
    case "+":
      return "green";
    case "~":
      return "yellow";
    case "-":
      return "red";
    default:
      return undefined;
  }
}

/**
 * Breaks a line at spaces, so that it fits the screen.
 * @param {string} line
 * @param {string} indent of what does not fit the first line
 */
function wrapped(line, indent) {
  const lines = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(" ", WIDTH);
    // One long word, such as a digest, stays in one piece.
    const at = space > indent.length ? space : rest.indexOf(" ", WIDTH);
    if (at < 0) break;
    lines.push(rest.slice(0, at));
    rest = indent + rest.slice(at + 1);
  }
  return [...lines, rest].join("\n");
}
