import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { Blocks, ChevronDown, FileUp, Plug, Plus, SquareDashed } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** The ways to a new workflow. */
export function NewMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = (what: string) => void navigate({ to: '/workflows', search: (old: Record<string, string | undefined>) => ({ ...old, new: what }) })
  const ways = [
    { key: 'provider', icon: <Plug size={14} />, label: t('workflows:new.provider') },
    { key: 'template', icon: <Blocks size={14} />, label: t('workflows:new.template') },
    { key: 'blank', icon: <SquareDashed size={14} />, label: t('workflows:new.blank') },
    { key: 'import', icon: <FileUp size={14} />, label: t('workflows:new.import') },
  ]
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: ways, onClick: ({ key }) => open(key) }}>
      <Button type="primary" icon={<Plus size={14} />}>
        {t('workflows:new.button')}
        <ChevronDown size={14} aria-hidden />
      </Button>
    </Dropdown>
  )
}
