// SPDX-License-Identifier: Apache-2.0
// Commands by key. Single letters can be turned off, and never act while somebody writes.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { go, href, type Screen } from './route';
import { kept } from './settings';

export const singleKeys = kept('khutwa.keys', 'on');
export const helpShown = signal(false);
export type Keys = Record<string, (event: KeyboardEvent) => void>;

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && (target as HTMLInputElement).type !== 'checkbox';

/// A key's letter by its place on the keyboard where the layout is not Latin, so that they work while Arabic is typed.
export function letter(event: KeyboardEvent): string {
  if (/^[\x20-\x7e]$/.test(event.key) || event.key.length > 1) return event.key;
  const place = /^Key([A-Z])$/.exec(event.code)?.[1] ?? /^Digit([0-9])$/.exec(event.code)?.[1];
  if (!place) return { BracketLeft: '[', BracketRight: ']', Slash: event.shiftKey ? '?' : '/' }[event.code] ?? event.key;
  return event.shiftKey ? place : place.toLowerCase();
}

/// Listens for the keys of a screen. Names are as in KeyboardEvent.key, with `Shift+` before arrows. Given as a function, they
/// are asked for when a key is pressed, so that a quick hand never meets those of a moment ago.
export function useKeys(keys: Keys | (() => Keys)): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const on = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      const inside = writing(event.target);
      if (inside && event.key !== 'Escape') return;
      const key = letter(event);
      if (key.length === 1 && singleKeys.value !== 'on') return;
      const name = event.shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key;
      const now = latest.current;
      const command = (typeof now === 'function' ? now() : now)[name];
      if (!command) return;
      // Enter and space belong to a button or link that has the focus.
      if ((key === 'Enter' || key === ' ') && event.target instanceof HTMLElement && event.target.closest('button, a, summary, [role=radio]')) return;
      event.preventDefault();
      command(event);
    };
    window.addEventListener('keydown', on);
    return () => window.removeEventListener('keydown', on);
  }, []);
}

const places: Record<string, Screen> = { r: 'report', t: 'timeline', m: 'map', f: 'figures', s: 'steps', a: 'actors', i: 'imports', u: 'audit', '/': 'search' };

/// Keys that work everywhere: ? for help, / for search, g and a letter for a screen.
export function listenEverywhere(): void {
  let waiting = 0;
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector('dialog[open]') || singleKeys.value !== 'on') return;
      const key = letter(event);
      const place = places[key.toLowerCase()];
      if (Date.now() - waiting < 1500 && place) {
        waiting = 0;
        event.preventDefault();
        event.stopImmediatePropagation();
        go(href(place));
      } else if (key === 'g') waiting = Date.now();
      else if (key === '?') {
        event.preventDefault();
        helpShown.value = true;
      } else if (key === '/') {
        event.preventDefault();
        go(href('search'));
      }
    },
    true,
  );
}
