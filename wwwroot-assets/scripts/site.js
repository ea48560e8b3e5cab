// Small behaviours that need no server. All listen on the document, so that they outlive what Blazor renders.
import './theme.js';
import './zone.js';
import './shortcuts.js';
import './menus.js';
import './copy.js';
import './print.js';
import './dialogs.js';
import './rows.js';
import './reconnect.js';
