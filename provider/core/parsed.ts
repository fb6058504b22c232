declare const parser: unique symbol;

/** A text that has been through the parser named `By`, and that nothing else makes: what takes one needs no check of its own. */
export type Parsed<By extends string> = string & { readonly [parser]: By };
