// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function FiguresScreen() {
  return <div class="page"><h1>{t('figures.title')}</h1></div>;
}
