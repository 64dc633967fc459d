// SPDX-License-Identifier: Apache-2.0
// What a reader sets once and the browser keeps.
import { effect, signal, type Signal } from '@preact/signals';

export function kept(key: string, initial: string): Signal<string> {
  let start = initial;
  try {
    start = localStorage.getItem(key) ?? initial;
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  const value = signal(start);
  effect(() => {
    try {
      localStorage.setItem(key, value.value);
    } catch {
      // As above.
    }
  });
  return value;
}

export const theme = kept('khutwa.theme', 'auto');
export const reviewer = kept('khutwa.reviewer', '');
export const textSize = kept('khutwa.text-size', '1');

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
effect(() => {
  document.documentElement.style.setProperty('--text-scale', textSize.value);
});
