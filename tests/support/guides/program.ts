/**
 * A program with an argument of its only resource changed as a block says that has nothing but that argument: it
 * takes the place of the line that it has now, or becomes the last one.
 */
export function withArgument(program: string, block: string): string {
  const argument = block.trim();
  const [key] = /^\w+:/.exec(argument) ?? [];
  if (key === undefined) throw new Error(`this is no argument:\n${block}`);
  const existing = new RegExp(`^  ${key} .*$`, "m");
  return existing.test(program)
    ? program.replace(existing, () => `  ${argument}`)
    : program.replace(/^\}\);$/m, () => `  ${argument}\n});`);
}
