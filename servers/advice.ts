/** What is to be set right at a primary, by the names that its server's configuration has for it. */
export interface Place {
  /** The zone without the final dot, or a word for it. */
  readonly zone: string;
  readonly key: {
    /** With the final dot. */
    readonly name: string;
    /** Without it. */
    readonly id: string;
    readonly algorithm: string;
  };
  readonly address: string;
  readonly port: number;
}

/** The lines of a server's configuration, or its commands, that have to do with a failure. Never a secret: "…" is one. */
export interface Advice {
  /** The server's name. */
  readonly server: string;
  readonly key: (place: Place) => string;
  /** ADDRESS is whoever is to transfer. */
  readonly transfer: (place: Place) => string;
  /** Where it stands which key the server wants. */
  readonly wantedKey: (place: Place) => string;
  readonly zone: (place: Place) => string;
  /** How to see what the server itself says of the zone. */
  readonly status: (place: Place) => string;
  /** How to have it send NOTIFY for a zone, on which a secondary checks at once. */
  readonly notify: (zone: string) => string;
  readonly listen: (place: Place) => string;
  /** How many connections it takes, and from whom it takes none. */
  readonly connections: string;
}
