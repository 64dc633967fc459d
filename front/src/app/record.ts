// SPDX-License-Identifier: Apache-2.0
// The record as a whole: asked once, and again after imports and decisions.
import { signal } from '@preact/signals';
import { ApiError, atHand, get } from '../api/client';
import type { RecordInfo } from '../api/types';
import { recordAddress } from './first';

export const record = signal<RecordInfo | null>(null);
export const recordError = signal<ApiError | null>(null);

export async function loadRecord(): Promise<void> {
  try {
    record.value = atHand<RecordInfo>(recordAddress) ?? (await get<RecordInfo>(recordAddress));
    recordError.value = null;
  } catch (error) {
    recordError.value = error instanceof ApiError ? error : new ApiError(0, 'page', String(error), null, null);
  }
}

/// Values that a field may take, as the server names them.
export function vocabulary(set: string): string[] {
  const known: unknown = record.value?.vocabulary[set];
  if (Array.isArray(known)) return known as string[];
  if (known && typeof known === 'object') return [...new Set(Object.values(known as Record<string, string[]>).flat())];
  return [];
}
