/** This package's version, sent as the User-Agent (HostUp refuses requests without one). A test keeps it true. */
export const version = "0.1.0";
