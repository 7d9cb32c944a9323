/** English is there before a test begins, as it is before a card is drawn. */

import { loadTexts } from "../src/localize";

await loadTexts("en");
