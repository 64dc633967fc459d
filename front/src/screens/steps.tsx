// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function StepsScreen() {
  return <div class="page"><h1>{t('steps.title')}</h1></div>;
}
