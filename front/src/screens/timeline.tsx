// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function TimelineScreen() {
  return <div class="page"><h1>{t('timeline.title')}</h1></div>;
}
