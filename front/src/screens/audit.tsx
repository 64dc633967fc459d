// SPDX-License-Identifier: Apache-2.0
import { t } from '../i18n';

export function AuditScreen() {
  return <div class="page"><h1>{t('audit.title')}</h1></div>;
}
