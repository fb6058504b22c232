import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as index from "../../index";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { hastyTransport } from "../support/engine-runs";

/** As programs and state files call them. */
const handlers = Object.keys(createRuntime(hastyTransport()));
const classOf = (handler: string) => `${handler.charAt(0).toUpperCase()}${handler.slice(1)}`;
const fileOf = (handler: string) => handler.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

test("each handler has a class that programs can import, and each class a handler", () => {
  const classes = Object.entries(index).flatMap(([name, value]) =>
    typeof value === "function" && value.prototype instanceof pulumi.CustomResource ? [name] : [],
  );
  expect(handlers.map(classOf).sort()).toEqual(classes.sort());
});

describe.each(handlers)("of %s", (handler) => {
  const [name, file] = [classOf(handler), fileOf(handler)];

  test("each file is there that CONTRIBUTING.md says a resource adds", () => {
    const added = [`provider/${file}.ts`, `provider/runtime/${file}/resource.ts`];
    expect(added.filter((path) => !existsSync(path))).toEqual([]);
    const tests = [`tests/contract/${file}.test.ts`, `tests/contract/${file}`];
    expect(tests.some((path) => existsSync(path))).toBe(true);
  });

  test.each([
    ["index.ts", `{ ${name},`, `, ${name},`],
    ["provider/runtime/create-runtime.ts", `${handler}: runs.hear("${handler}",`],
    ["provider/runtime/index.ts", `  ${handler},\n`],
    ["tests/unit/provider-text.test.ts", `handler: "${handler}"`],
    ["README.md", `| \`${name}\` |`],
    ["CHANGELOG.md", `\`${name}\``],
  ])("%s has it", (path, ...forms) => {
    const text = readFileSync(path, "utf8");
    expect(forms.some((form) => text.includes(form))).toBe(true);
  });
});
