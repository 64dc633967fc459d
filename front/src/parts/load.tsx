// SPDX-License-Identifier: Apache-2.0
// Loading, failed and empty, the same everywhere.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { address, ApiError, atHand, get, type Query } from '../api/client';
import { t } from '../i18n';
import { Say } from './say';

export interface Loaded<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean;
  again: () => void;
}

/// Asks the server and keeps what it said until the next answer is there, so that a view does not flicker.
export function useGet<T>(path: string | null, query: Query = {}): Loaded<T> {
  const url = path ? address(path, query) : null;
  const [state, setState] = useState<{ url: string | null; data: T | null; error: ApiError | null }>(() => {
    const data = url ? atHand<T>(url) : null;
    return { url: data ? url : null, data, error: null };
  });
  const [round, setRound] = useState(0);
  const latest = useRef(url);
  latest.current = url;
  const known = useRef(state.url !== null);
  // Before the first frame, not after it: the answer is on its way while the page is drawn.
  useLayoutEffect(() => {
    if (!url || known.current) {
      known.current = false;
      return undefined;
    }
    const stop = new AbortController();
    get<T>(url, {}, stop.signal).then(
      (data) => setState({ url, data, error: null }),
      (error: unknown) => {
        if ((error as Error).name === 'AbortError') return;
        const known = error instanceof ApiError ? error : new ApiError(0, 'page', String(error), null, null);
        setState({ url, data: null, error: known });
      },
    );
    return () => stop.abort();
  }, [url, round]);
  return {
    data: state.data,
    error: state.error,
    loading: url !== null && state.url !== url,
    again: () => setRound(round + 1),
  };
}

export function Failed({ error, again }: { error: ApiError; again?: () => void }) {
  const gone = error.code === 'unreachable';
  return (
    <div class="state failed" role="alert">
      <h2>{gone ? t('app.unreachable') : t('app.error')}</h2>
      <p>{gone ? t('app.unreachable.mend') : <Say text={error.message} />}</p>
      {!gone && error.mend && (
        <p>
          <Say text={error.mend} />
        </p>
      )}
      {again && (
        <button type="button" class="button" onClick={again}>
          {t('app.retry')}
        </button>
      )}
    </div>
  );
}

export function Loading() {
  return (
    <div class="state loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {t('app.loading')}
    </div>
  );
}

export function Empty({ title, mend, children, first }: { title: string; mend?: string; children?: ComponentChildren; first?: boolean }) {
  return (
    <div class="state empty">
      <svg viewBox="0 0 48 32" width="72" aria-hidden="true">
        <path d="M3 29h11v-8h11v-8h11V4h9" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="4 3" />
      </svg>
      {first ? <h1>{title}</h1> : <h2>{title}</h2>}
      {mend && <p>{mend}</p>}
      {children}
    </div>
  );
}

/// Shows what was loaded, or why not.
export function View<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  if (of.data)
    return (
      <div class={of.loading ? 'stale' : undefined} aria-busy={of.loading}>
        {children(of.data)}
      </div>
    );
  if (of.error && !of.loading) return <Failed error={of.error} again={of.again} />;
  return <Loading />;
}
