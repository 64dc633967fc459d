// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { firstAnswers } from './app/first';
import { listenEverywhere } from './app/keys';
import { loadRecord } from './app/record';
import { listen } from './app/route';
import { Shell } from './app/shell';

listen();
listenEverywhere();
void firstAnswers(60).then(() => {
  void loadRecord();
  render(<Shell />, document.getElementById('app')!);
  // what the text of a report will be set in, while nothing else is to be done
  window.setTimeout(() => void document.fonts.load('1rem Naskh', 'خ'), 2000);
});
