// The server writes times in the viewer's zone. It learns the zone from this cookie, set on the sign-in page already.
import { getCookie, setCookie } from './cookie.js';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && getCookie('noctis.zone') !== zone) setCookie('noctis.zone', zone);
