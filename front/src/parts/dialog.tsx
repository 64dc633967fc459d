// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';

/// A modal dialogue of the browser's own: it keeps the focus inside and gives it back.
export function Dialog({ title, close, children, class: name = '' }: { title: string; close: () => void; children: ComponentChildren; class?: string }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const now = box.current;
    now?.showModal();
    return () => now?.close();
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog ${name}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === box.current) close();
      }}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" class="icon" aria-label={t('app.close')} onClick={close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
