// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function ActorsScreen() {
  return <div class="page"><h1>{t('actors.title')}</h1></div>;
}
