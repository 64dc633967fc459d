// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function SearchScreen() {
  return <div class="page"><h1>{t('search.title')}</h1></div>;
}
