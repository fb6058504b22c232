type Paths = Readonly<Record<string, string>>;

const paths = new WeakMap<object, Paths>();

/** Lets messages call an input as the program calls the argument that it comes from, such as `primaries[0].address`. */
export function calledAs<Args extends object>(args: Args, called: Paths): Args {
  paths.set(args, called);
  return args;
}

/** What the provider is told of them; `check` takes it out of the inputs. */
export function transientPaths(args: object): { readonly __paths?: Paths } {
  const called = paths.get(args);
  return called === undefined ? {} : { __paths: { ...called } };
}
