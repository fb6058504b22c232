/**
 * Compiles a path where `*` stands for one segment and `**` for any rest; each is captured. An empty
 * segment matches neither, so that a client which forgets an id finds no route.
 */
export function compilePathGlob(glob: string): RegExp {
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => {
      if (part === "**") return "(.*)";
      if (part === "*") return "([^/]+)";
      return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`);
}
