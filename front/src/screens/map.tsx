// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function MapScreen() {
  return <div class="page"><h1>{t('map.title')}</h1></div>;
}
