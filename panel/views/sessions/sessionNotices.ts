import { validityOf } from '../../../src/analysis/validity/validityOf.ts';
import type { Session } from '../../../src/session/model.ts';
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
      text: 'Recorded without reloading: modules loaded before are not measured.',
    });
  }
  return notices;
}
