// SPDX-License-Identifier: Apache-2.0
// Calls to the server that served the page. Nothing else is ever asked.
import { lang } from '../app/route';
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

export type Query = Record<string, string | number | boolean | null | undefined>;

/// A path with its query; empty values are left out.
export function address(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '' && value !== false) parts.set(key, String(value));
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}

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

async function call<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', lang.value);
  try {
    response = await fetch(url, { ...init, headers, credentials: 'same-origin' });
  } catch (cause) {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', String((cause as Error).message), null, null);
  }
  if (!response.ok) throw await failure(response);
  return (await response.json()) as T;
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
