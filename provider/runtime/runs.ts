import type * as dynamic from "@pulumi/pulumi/dynamic";

type Provider = dynamic.ResourceProvider;

/** Tells one run of the engine from the next: it configures each kind when it first needs it, and the second time is that of another run. */
export class Runs {
  readonly #configured = new Set<string>();

  /** `begins` is called when another one begins. */
  constructor(private readonly begins: () => void) {}

  /** The provider of a kind of resource, heard when it is configured. */
  hear<Of extends Provider>(kind: string, provider: Of): Of {
    return {
      ...provider,
      configure: (request) => {
        if (this.#configured.has(kind)) {
          this.#configured.clear();
          this.begins();
        }
        this.#configured.add(kind);
        return provider.configure?.(request) ?? Promise.resolve();
      },
    };
  }
}
