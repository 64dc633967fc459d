// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function ImportsScreen() {
  return <div class="page"><h1>{t('imports.title')}</h1></div>;
}
