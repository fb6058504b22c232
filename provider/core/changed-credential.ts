/**
 * A line below the advice about a refused credential of the stack configuration, of which the engine keeps a copy
 * in state: `refresh`, `destroy` and `up --refresh` go on with that of the last run of the program.
 */
export const CHANGED_CREDENTIAL =
  '\n  If the credential was changed with "pulumi config set": the new one takes effect at the next "pulumi up" without --refresh, or with "pulumi refresh --run-program" and "pulumi destroy --run-program".';
