import "../support/one-realm";
import { testFaults } from "../support/faults/run";

testFaults(80);
