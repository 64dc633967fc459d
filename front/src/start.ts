// SPDX-License-Identifier: Apache-2.0
// Comes before everything else, so that the answers are there when the page can show them.
import { parse } from './app/address';
import { askFirst } from './app/first';

window.khutwaAsked = askFirst(window.location);

// The text of a report is set in a weight that lists do without.
const { screen, id } = parse(window.location);
if (screen === 'report' && id) {
  const font = document.createElement('link');
  Object.assign(font, { rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: 'anonymous', href: '/fonts/noto-naskh-arabic-arabic-400-normal.woff2' });
  document.head.append(font);
}
