import { App } from 'antd'
import { useTranslation } from 'react-i18next'

/** useAdmit asks once more before a request is let in without verification. */
export function useAdmit(onAdmit: () => void) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  return () =>
    void modal.confirm({
      title: t('deliveries:admit.title'),
      content: t('deliveries:admit.text'),
      okText: t('deliveries:admit.ok'),
      okButtonProps: { danger: true },
      onOk: onAdmit,
    })
}
