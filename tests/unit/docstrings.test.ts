import ts from "typescript";

const program = ts.createProgram(["index.ts"], {
  strict: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
});
const checker = program.getTypeChecker();
const entry = program.getSourceFile("index.ts");
if (entry === undefined) throw new Error("index.ts is not there");
const index = checker.getSymbolAtLocation(entry);
if (index === undefined) throw new Error("index.ts exports nothing");

const exported = checker
  .getExportsOfModule(index)
  .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));

const docOf = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));
const isOurs = (symbol: ts.Symbol) =>
  (symbol.declarations ?? []).some((each) => !each.getSourceFile().fileName.includes("node_modules"));

interface Property {
  readonly path: string;
  readonly doc: string;
  readonly hasDefault: boolean;
  readonly isOptional: boolean;
}

/** What a program may give: of the resources' arguments and of what stands in those of the component. */
const ARGUMENTS = /Args$|^(OwnTsig|RotatingTsig|SharedTsig|PrimaryAddress|SharedPrimary|HostupChoice)$/;

const inputs: readonly Property[] = exported
  .filter(({ name }) => ARGUMENTS.test(name))
  .flatMap((symbol) =>
    checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
      .filter(isOurs)
      // There so that the types refuse it.
      .filter((property) => checker.typeToString(checker.getTypeOfSymbol(property)) !== "undefined")
      .map((property) => ({
        path: `${symbol.name}.${property.name}`,
        doc: docOf(property),
        hasDefault: property.getJsDocTags(checker).some(({ name }) => name === "default"),
        isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      })),
  );

const paths = (properties: readonly Property[]) => properties.map(({ path }) => path);

test("what is exported has a meaning", () => {
  expect(exported.filter((symbol) => docOf(symbol) === "").map(({ name }) => name)).toEqual([]);
});

test("every argument has a meaning", () => {
  expect(inputs.length).toBeGreaterThan(50);
  expect(paths(inputs.filter(({ doc }) => doc === ""))).toEqual([]);
});

test("every argument says what a change does", () => {
  const says = /in place|replaces|only at create/i;
  expect(paths(inputs.filter(({ doc }) => !says.test(doc)))).toEqual([]);
});

test("every argument that may be left out says what it is then", () => {
  const says = /left out|absent|none|one of the two/i;
  const silent = inputs.filter(
    ({ doc, isOptional, hasDefault }) => isOptional && !hasDefault && !says.test(doc),
  );
  expect(paths(silent)).toEqual([]);
});
