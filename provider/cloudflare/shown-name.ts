import { z } from "zod";
import { undottedALabels } from "../dns/domain-name";

/** The name of a zone as the DNS has it. In which form the API shows an internationalised one is not documented. */
export const shownName = z.string().transform(undottedALabels);
