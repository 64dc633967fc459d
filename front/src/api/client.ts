// SPDX-License-Identifier: Apache-2.0
// Calls to the server that served the page. Nothing else is ever asked.
import { lang } from '../app/route';
import { address, takeFirst, type Answer, type Query } from '../app/first';
import { reviewer } from '../app/settings';
import type { Conflict } from './types';

/// An answer that is no success; `conflict` is filled for 409.
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly mend: string | null,
    readonly conflict: Conflict | null,
  ) {
    super(message);
  }
}

export { address, type Query } from '../app/first';

async function failure(response: Response): Promise<ApiError> {
  let body: { error?: { code?: string; message?: string; mend?: string | null } } & Partial<Conflict> = {};
  try {
    body = await response.json();
  } catch {
    // The message of the status is what is left.
  }
  const conflict = response.status === 409 && body.theirs ? (body as Conflict) : null;
  return new ApiError(
    response.status,
    body.error?.code ?? 'http',
    body.error?.message ?? `${response.status} ${response.statusText}`,
    body.error?.mend ?? null,
    conflict,
  );
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const early = init.method ? undefined : takeFirst(url, lang.value);
  if (early) return early.answer;
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', lang.value);
  const response = await fetch(url, { ...init, headers, credentials: 'same-origin' });
  return { response, body: response.ok ? await response.json() : undefined };
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  let answer: Answer;
  try {
    answer = await ask(url, init);
    init.signal?.throwIfAborted();
  } catch (cause) {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', String((cause as Error).message), null, null);
  }
  if (!answer.response.ok) throw await failure(answer.response);
  return answer.body as T;
}

/// What is known of an address without waiting: an answer that came before it was looked for.
export function atHand<T>(url: string): T | null {
  if (!window.khutwaAsked?.get(url)?.said?.response.ok) return null;
  return (takeFirst(url, lang.value)?.said?.body as T | undefined) ?? null;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  call<T>(address(path, query), { ...(signal ? { signal } : {}) });

/// Headers that only the page itself can send, and who decides.
export function writing(type: string): Record<string, string> {
  const headers: Record<string, string> = { 'Content-Type': type, 'X-Khutwa': '1' };
  if (reviewer.value) headers['X-Khutwa-User'] = encodeURIComponent(reviewer.value);
  return headers;
}

export const post = <T>(path: string, body: unknown): Promise<T> =>
  call<T>(path, { method: 'POST', headers: writing('application/json'), body: JSON.stringify(body) });
