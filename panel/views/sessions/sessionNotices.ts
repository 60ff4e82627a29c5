import { validityOf } from '../../../src/analysis/validity/validityOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { SESSION_TEXT } from '../../../src/text/panel/sessionText.ts';
import { warningText } from '../../../src/text/warningText.ts';

export interface SessionNotice {
  key: string;
  tone: 'warning' | 'neutral';
  text: string;
}

/** What a reader of this session must know before trusting its figures. */
export function sessionNotices(session: Session): SessionNotice[] {
  const notices = validityOf(session).warnings.map((warning): SessionNotice => {
    const text = warningText(warning);
    return { key: text, tone: 'warning', text };
  });
  if (session.info.mode === 'attach') {
    notices.push({
      key: 'attach',
      tone: 'neutral',
      text: SESSION_TEXT.attachedNotice,
    });
  }
  return notices;
}
