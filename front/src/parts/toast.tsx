// SPDX-License-Identifier: Apache-2.0
// Short news that needs no answer; read out, and gone after a while.
import { signal } from '@preact/signals';

const news = signal<{ text: string; bad: boolean; at: number } | null>(null);
let timer = 0;

export function tell(text: string, bad = false): void {
  news.value = { text, bad, at: Date.now() };
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    news.value = null;
  }, bad ? 9000 : 4000);
}

export function Toast() {
  const now = news.value;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {now && <div class={now.bad ? 'toast bad' : 'toast'}>{now.text}</div>}
    </div>
  );
}
