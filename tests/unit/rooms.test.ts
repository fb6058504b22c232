import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import ts from "typescript";

/** Each room with those that it may import from, which all stand above it: so no import goes back up. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "provider/core": [],
  "provider/dns": ["provider/core"],
  servers: ["provider/core", "provider/dns"],
  "provider/primary": ["provider/core", "provider/dns", "servers"],
  "provider/http": ["provider/core"],
  "provider/engine": ["provider/core", "provider/http"],
  "provider/cloudflare": ["provider/core", "provider/dns", "provider/http"],
  "provider/hostup": ["provider/core", "provider/dns", "provider/http"],
  "provider/chain/view": ["provider/dns"],
  "provider/chain/decide": ["provider/dns", "provider/primary", "provider/chain/view"],
  "provider/chain/run": ["provider/core", "provider/dns", "provider/cloudflare", "provider/chain/view"],
  "provider/chain/observe": [
    "provider/core",
    "provider/dns",
    "provider/primary",
    "provider/engine",
    "provider/cloudflare",
    "provider/chain/view",
    "provider/chain/run",
  ],
  "provider/chain/guard": [
    "provider/core",
    "provider/dns",
    "provider/primary",
    "provider/engine",
    "provider/cloudflare",
    "provider/chain/view",
    "provider/chain/decide",
    "provider/chain/run",
    "provider/chain/observe",
  ],
  "provider/runtime": [
    "provider/core",
    "provider/dns",
    "provider/primary",
    "provider/http",
    "provider/engine",
    "provider/cloudflare",
    "provider/hostup",
    "provider/chain/view",
    "provider/chain/decide",
    "provider/chain/run",
    "provider/chain/observe",
    "provider/chain/guard",
  ],
  /** The resource classes. They are loaded in programs, and know the runtime by name alone. */
  provider: ["provider/dns"],
  components: ["provider/dns", "servers", "provider"],
  /** Of nothing else, so that a mistake cannot stand on both sides. */
  simulator: [],
  "command-line": [
    "provider/core",
    "provider/dns",
    "servers",
    "provider/primary",
    "provider/http",
    "provider/cloudflare",
    "provider/hostup",
    "provider/chain/view",
    "provider/chain/decide",
    "provider/chain/run",
    "provider/chain/observe",
    "provider/chain/guard",
    "provider/runtime",
    "components",
    "simulator",
  ],
};

/** What needs Pulumi's SDK when it runs: the program's side. */
const IN_PROGRAMS = ["provider", "components"];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly isTypeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: from } = statement;
    if (from === undefined || !ts.isStringLiteral(from)) return [];
    const isTypeOnly = isImport ? statement.importClause?.isTypeOnly === true : statement.isTypeOnly;
    return [{ file, from: from.text, isTypeOnly }];
  });
}

const TOPS = [...new Set(Object.keys(ROOMS).map((room) => room.split("/")[0] ?? room))];

const imports = TOPS.flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: "utf8" }).map((name) => join(top, name)),
)
  .filter((path) => path.endsWith(".ts"))
  .flatMap(importsOf);

/** A path in the longest room that it is in. */
function roomOf(path: string): string | undefined {
  const [room] = Object.keys(ROOMS)
    .filter((each) => `${path}/`.startsWith(`${each}/`))
    .sort((some, other) => other.length - some.length);
  return room;
}

const crossings = imports
  .filter(({ from }) => from.startsWith("."))
  .map(({ file, from }) => {
    const target = normalize(join(dirname(file), from));
    return { file, target, of: roomOf(file), to: roomOf(target) };
  })
  .filter(({ of, to }) => of !== to);

test("each room may import from rooms above it alone", () => {
  const rooms = Object.keys(ROOMS);
  const upwards = Object.entries(ROOMS).flatMap(([room, allowed]) =>
    allowed.filter((each) => rooms.indexOf(each) >= rooms.indexOf(room)).map((each) => `${room} -> ${each}`),
  );
  expect(upwards).toEqual([]);
});

test("no file imports from a room that its own may not import from", () => {
  const wrong = crossings
    .filter(({ of, to }) => of === undefined || to === undefined || !ROOMS[of]?.includes(to))
    .map(({ file, target }) => `${file} imports ${target}`);
  expect(wrong).toEqual([]);
});

test("each pair that is allowed is needed", () => {
  const needed = new Set(crossings.map(({ of, to }) => `${of} -> ${to}`));
  const allowed = Object.entries(ROOMS).flatMap(([room, each]) => each.map((other) => `${room} -> ${other}`));
  expect(allowed.filter((pair) => !needed.has(pair))).toEqual([]);
});

test("what runs in the provider's process takes nothing but types from Pulumi's SDK", () => {
  const wrong = imports
    .filter(({ from, isTypeOnly }) => from.startsWith("@pulumi/") && !isTypeOnly)
    .filter(({ file }) => !IN_PROGRAMS.includes(roomOf(file) ?? ""))
    .map(({ file, from }) => `${file} imports ${from}`);
  expect(wrong).toEqual([]);
});
