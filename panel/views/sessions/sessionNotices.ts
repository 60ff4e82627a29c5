import type { Session } from '../../../src/session/model.ts';

export interface SessionNotice {
  key: string;
  tone: 'warning' | 'neutral';
  text: string;
}

/** What a reader of this session must know before trusting its figures. */
export function sessionNotices({ info, dropped }: Session): SessionNotice[] {
  const notices: SessionNotice[] = [];
  if (info.state === 'cut') {
    notices.push({ key: 'cut', tone: 'warning', text: `This session was cut short. ${info.reason || 'It ended without Stop; what was recorded until then is here.'}` });
  }
  if (info.conditions.devtools === 'open') {
    notices.push({
      key: 'devtools', tone: 'warning',
      text: 'DevTools was open: wasm ran about 10 times slower, so times are too long. Counts, bytes and pages are exact.',
    });
  }
  if (info.mode === 'attach') {
    notices.push({ key: 'attach', tone: 'neutral', text: 'Recorded without reloading: modules loaded before are not measured.' });
  }
  if (dropped.length > 0) {
    const list = dropped.map(({ what, count }) => `${count} ${what}`).join(', ');
    notices.push({ key: 'dropped', tone: 'warning', text: `More happened than could be kept: ${list} were dropped.` });
  }
  return notices;
}
