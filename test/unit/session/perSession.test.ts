import { describe, expect, it, vi } from 'vitest';
import { perSession } from '../../../src/session/perSession.ts';
import { sessionFrom } from '../sessionBuilder.ts';

describe('perSession', () => {
  it('computes the value of a session once', () => {
    const compute = vi.fn(({ duration }) => ({ duration }));
    const cached = perSession(compute);
    const session = sessionFrom([]);
    expect(cached(session)).toBe(cached(session));
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('computes a value for each session', () => {
    const id = perSession(({ info }) => info.started);
    const sessions = [1, 2].map((started) => sessionFrom([], { started }));
    expect(sessions.map(id)).toEqual([1, 2]);
  });

  it('caches an undefined value too', () => {
    const compute = vi.fn(() => undefined);
    const cached = perSession(compute);
    const session = sessionFrom([]);
    cached(session);
    cached(session);
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('returns a value that was kept without computing it', () => {
    const compute = vi.fn(() => 1);
    const cached = perSession(compute);
    const session = sessionFrom([]);
    cached.keep(session, 2);
    expect(cached(session)).toBe(2);
    expect(compute).not.toHaveBeenCalled();
  });
});
