// A run of the real engine takes seconds, and several fit in one test.
jest.setTimeout(240_000);
