/** Starts the page. */

import { ignoreStrayDrops } from "./drops.js";
import { Page } from "./page.js";
import { applyTheme } from "./topbar.js";

applyTheme();
ignoreStrayDrops();
new Page().start();
