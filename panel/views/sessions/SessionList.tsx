import { useRef } from 'preact/hooks';
import type { SessionInfo } from '../../../src/session/model.ts';
import { formatBytes, formatDate, formatDuration } from '../../../src/text/format.ts';
import { SESSION_TEXT } from '../../../src/text/panel/sessionText.ts';
import { Badge } from '../../components/Badge.tsx';
import { Icon } from '../../components/Icon.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { pagePlace, sessionTitle } from '../../components/sessionTitle.ts';

interface Props {
  sessions: readonly SessionInfo[];
  selected: string | null;
  onSelect(id: string): void;
  onDelete(info: SessionInfo): void;
  onImport(files: File[]): void;
}

/** All sessions, newest first, with their page, time and conditions. */
export function SessionList({ sessions, selected, onSelect, onDelete, onImport }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <aside class="sidebar" aria-label="Sessions">
      <div class="sidebar-head">
        <h2>Sessions</h2>
        <button
          type="button"
          class="quiet"
          title={SESSION_TEXT.import}
          onClick={() => picker.current?.click()}
        >
          <Icon name="import" /> Import
        </button>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          multiple
          hidden
          aria-label="Session files"
          onChange={(event) => {
            onImport([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {sessions.length === 0 && <p class="dim sidebar-empty">{SESSION_TEXT.emptyList}</p>}
      <ul class="session-list">
        {sessions.map((info) => (
          <li key={info.id} data-selected={info.id === selected}>
            <button
              type="button"
              class="session-open"
              aria-current={info.id === selected}
              title={details(info)}
              onClick={() => onSelect(info.id)}
            >
              <Title info={info} />
              <span class="dim">{figures(info)}</span>
              <Conditions info={info} />
            </button>
            <IconButton
              icon="delete"
              name={`Delete ${sessionTitle(info)}`}
              onClick={() => onDelete(info)}
            />
          </li>
        ))}
      </ul>
    </aside>
  );
}

/**
 * The name with the page's place; without a name, the page's address, whose end stays where there
 * is little room.
 */
function Title({ info }: { info: SessionInfo }) {
  const { host, end } = pagePlace(info.page);
  return (
    <>
      {info.name && <strong>{info.name}</strong>}
      {info.name && host && (
        <span class="dim place">
          <span>{host}</span>
          {end}
        </span>
      )}
      {!info.name && (
        <strong class="place">
          <span>{host || info.page || 'Session'}</span>
          {end}
        </strong>
      )}
    </>
  );
}

const figures = ({ started, ended }: SessionInfo): string =>
  [
    formatDate(started),
    ended === null ? null : `recorded for ${formatDuration(Math.max(ended - started, 0))}`,
  ]
    .filter(Boolean)
    .join(' · ');

/** What the list has no room for, shown on hover. */
const details = ({
  name,
  note,
  page,
  bytes,
  conditions: { browser, platform },
}: SessionInfo): string =>
  [name, page, note, [browser, platform].filter(Boolean).join(', '), `${formatBytes(bytes)} stored`]
    .filter(Boolean)
    .join('\n');

/** `Chromium 156` of `Chromium 156.0.0.0`: the rest rarely differs between sessions. */
const shortBrowser = (browser: string): string => browser.replace(/(\d+)(\.\d+)+$/, '$1');

function Conditions({ info }: { info: SessionInfo }) {
  return (
    <span class="badges">
      {info.state === 'recording' && (
        <Badge text="recording" tone="bad" title={SESSION_TEXT.recording} />
      )}
      {info.state === 'cut' && (
        <Badge text="cut short" tone="warning" title={info.reason || SESSION_TEXT.cut} />
      )}
      {info.conditions.devtools === 'open' && (
        <Badge text="DevTools open" tone="warning" title={SESSION_TEXT.devtoolsOpen} />
      )}
      {info.mode === 'attach' && (
        <Badge text="no reload" tone="neutral" title={SESSION_TEXT.attached} />
      )}
      {info.conditions.browser && (
        <Badge
          text={shortBrowser(info.conditions.browser)}
          tone="neutral"
          title={[info.conditions.browser, info.conditions.platform].filter(Boolean).join(', ')}
        />
      )}
    </span>
  );
}
