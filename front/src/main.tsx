// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { listenEverywhere } from './app/keys';
import { loadRecord } from './app/record';
import { listen } from './app/route';
import { Shell } from './app/shell';

listen();
listenEverywhere();
void loadRecord();
render(<Shell />, document.getElementById('app')!);
