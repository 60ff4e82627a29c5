// What the extension says to people: why something did not happen, and what they can do next.

/** Titles of the toolbar button. */
export const BUTTON_RECORDING = 'Wasmscope is recording this tab. Click to stop.';
export const BUTTON_IDLE = 'Open Wasmscope for this tab';

/** Text on the toolbar button of a tab that is being recorded. */
export const BADGE_RECORDING = 'REC';

/** Why a session was cut short that a previous run of the background left open. */
export const ENDED_WHILE_RECORDING =
  'The browser or the extension stopped during the recording. Everything recorded until then was kept.';

/** Only Firefox gets here: its DevTools pages cannot ask for permissions. */
export const NO_ACCESS_TO_SITE =
  'Wasmscope has no access to this site. Allow it under about:addons → Wasmscope → Permissions, then record again.';

/** Why a frame of another site was not recorded. */
export const NO_ACCESS_TO_FRAME =
  'Wasmscope may not run on its site. Open it in a tab and record it there once, to grant access; then record this page again.';

export const TAB_NOT_YET_READ = 'Wasmscope is still looking up the tab. Press Record again.';
export const TAB_CLOSED =
  'The tab of this window was closed. Open the page again and click Wasmscope’s button in the toolbar there.';
export const TAB_NOT_VISIBLE =
  'Wasmscope cannot see which site the tab shows. Click its button in the toolbar while the page is in front, then press Record again.';
export const ADDRESS_UNREADABLE =
  'The page’s address could not be read. Reload the page and try again.';

/** @param reason a sentence */
export const couldNotStart = (reason: string): string => `Recording could not start: ${reason}`;

/** @param problem a sentence: what went wrong while a recording was cut short for `reason` */
export const cutShortWithProblem = (reason: string, problem: string): string =>
  `${reason} (${problem})`;

export const accessRefused = (host: string): string =>
  `Without access to ${host} Wasmscope cannot record this page. Press Record again and allow it. You can revoke access at any time in the extension’s settings.`;

export const noExtensionsOnHost = (host: string): string =>
  `Browsers do not let extensions run on ${host}. Open another page and record that.`;

/** @param scheme with its colon, as in `about:` */
export const noExtensionsOnScheme = (scheme: string): string =>
  `Extensions may not run on ${scheme} pages. Open a web page and record that.`;
