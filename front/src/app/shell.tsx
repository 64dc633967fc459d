// SPDX-License-Identifier: Apache-2.0
// The frame around every screen: name of the record, screens, language, settings.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t, type Key } from '../i18n';
import { Dialog } from '../parts/dialog';
import { LayerGlyph } from '../parts/glyph';
import { Empty } from '../parts/load';
import { Say } from '../parts/say';
import { Toast } from '../parts/toast';
import { ActorsScreen } from '../screens/actors';
import { AuditScreen } from '../screens/audit';
import { FiguresScreen } from '../screens/figures';
import { ImportsScreen } from '../screens/imports';
import { MapScreen } from '../screens/map';
import { ReportScreen } from '../screens/report';
import { SearchScreen } from '../screens/search';
import { StepsScreen } from '../screens/steps';
import { TimelineScreen } from '../screens/timeline';
import { helpShown, singleKeys } from './keys';
import { direction, href, inLanguage, lang, param, route, screens, type Screen } from './route';
import { record } from './record';
import { reviewer, theme } from './settings';

const views: Record<Screen, () => preact.JSX.Element> = {
  report: ReportScreen,
  timeline: TimelineScreen,
  map: MapScreen,
  figures: FiguresScreen,
  steps: StepsScreen,
  actors: ActorsScreen,
  search: SearchScreen,
  imports: ImportsScreen,
  audit: AuditScreen,
};

/// The picture of icon.svg. As a part of the page it costs nothing; a browser takes a picture for a document of its own.
function Sign() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0f5c63" />
      <path d="M6 24h6v-5h6v-5h6V9" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" />
      <circle cx="25.5" cy="24" r="2" fill="#f2b33d" />
    </svg>
  );
}

/// Filters go along from screen to screen.
function carried(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['actor', 'type', 'place', 'outlet', 'from', 'to']) if (param(name)) kept[name] = param(name);
  return kept;
}

export function Shell() {
  const { screen } = route.value;
  const settings = useSignal(false);
  useEffect(() => {
    const root = document.documentElement;
    root.lang = lang.value;
    root.dir = direction.value;
    try {
      localStorage.setItem('khutwa.lang', lang.value);
    } catch {
      // Then it is asked of the address alone.
    }
  }, [lang.value]);
  useEffect(() => {
    document.querySelector('.bar nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
    if (screen !== 'unknown') document.title = `${t(`screen.${screen}`)} · ${t('app.name')}`;
  }, [screen, lang.value]);
  const View = screen === 'unknown' ? null : views[screen];
  const filters = carried();
  return (
    <>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      <header class="bar">
        <a class="brand" href={href('report')}>
          <Sign />
          <span class="brand-name">{t('app.name')}</span>
          {record.value && <Say text={record.value.name} class="brand-record" />}
        </a>
        <nav aria-label={t('app.screens')} tabIndex={-1}>
          <ul>
            {screens.map((name) => (
              <li key={name}>
                <a href={href(name, '', name === 'imports' ? {} : filters)} aria-current={name === screen ? 'page' : undefined}>
                  {t(`screen.${name}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="bar-tools">
          <button type="button" class="icon" aria-label={t('app.help')} onClick={() => (helpShown.value = true)}>
            ?
          </button>
          <button type="button" class="icon" aria-label={t('app.settings')} onClick={() => (settings.value = true)}>
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <path d="M3 5h8m4 0h2M3 10h2m4 0h8M3 15h7m4 0h3" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
              <circle cx="13" cy="5" r="2" fill="none" stroke="currentColor" stroke-width="1.8" />
              <circle cx="7" cy="10" r="2" fill="none" stroke="currentColor" stroke-width="1.8" />
              <circle cx="12" cy="15" r="2" fill="none" stroke="currentColor" stroke-width="1.8" />
            </svg>
          </button>
          <a class="language" href={inLanguage(lang.value === 'ar' ? 'en' : 'ar')} lang={lang.value === 'ar' ? 'en' : 'ar'} hreflang={lang.value === 'ar' ? 'en' : 'ar'}>
            {t('app.language')}
          </a>
        </div>
      </header>
      <main id="main" tabIndex={-1} class={`screen screen-${screen}`}>
        {View ? <View key={screen} /> : <Empty first title={t('app.notfound')} mend={t('app.notfound.mend')} />}
      </main>
      {settings.value && <Settings close={() => (settings.value = false)} />}
      {helpShown.value && <Help close={() => (helpShown.value = false)} />}
      <Toast />
    </>
  );
}

function Settings({ close }: { close: () => void }) {
  return (
    <Dialog title={t('app.settings')} close={close}>
      <fieldset>
        <legend>{t('app.theme')}</legend>
        {(['auto', 'light', 'dark'] as const).map((name) => (
          <label key={name} class="check">
            <input type="radio" name="theme" checked={theme.value === name} onChange={() => (theme.value = name)} /> {t(`app.theme.${name}`)}
          </label>
        ))}
      </fieldset>
      <p>
        <label for="reviewer">{t('app.reviewer')}</label>
        <input
          id="reviewer"
          type="text"
          dir="auto"
          maxLength={80}
          value={reviewer.value}
          placeholder={record.value?.user ?? ''}
          onInput={(e) => (reviewer.value = e.currentTarget.value.trim())}
          aria-describedby="reviewer-hint"
        />
      </p>
      <p class="hint" id="reviewer-hint">
        {t('app.reviewer.hint')}
      </p>
      <label class="check">
        <input type="checkbox" checked={singleKeys.value === 'on'} onChange={(e) => (singleKeys.value = e.currentTarget.checked ? 'on' : 'off')} /> {t('keys.off')}
        <span class="hint"> — {t('keys.off.hint')}</span>
      </label>
      {record.value && (
        <p class="hint">
          khutwa <bdi>{record.value.version}</bdi>
        </p>
      )}
    </Dialog>
  );
}

const keyList: [string[], Key][] = [
  [['j', 'k', '↓', '↑'], 'keys.move'],
  [['Home', 'End'], 'keys.home'],
  [['a'], 'keys.accept'],
  [['r'], 'keys.reject'],
  [['e'], 'keys.edit'],
  [['s'], 'keys.span'],
  [['n'], 'keys.add'],
  [['x'], 'keys.split'],
  [['m'], 'keys.merge'],
  [['c'], 'keys.note'],
  [['u', 'U'], 'keys.undo'],
  [['1', '2', '3', '4'], 'keys.layers'],
  [['v'], 'keys.open'],
  [['o'], 'keys.order'],
  [['w'], 'keys.why'],
  [[']', '['], 'keys.reports'],
  [['/'], 'keys.search'],
  [['g'], 'keys.go'],
  [['Esc'], 'keys.escape'],
  [['?'], 'keys.help'],
];

function Help({ close }: { close: () => void }) {
  return (
    <Dialog title={t('keys.title')} close={close} class="help">
      <dl class="keys">
        {keyList.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <ul class="legend">
        {(['s', 'v', 'f', 'p'] as const).map((layer) => (
          <li key={layer}>
            <LayerGlyph layer={layer} /> <span class={`sample sample-${layer}`}>{t(`layers.${layer}`)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
