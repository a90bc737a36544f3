import { Button } from 'antd'
import { Download, FileClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMutation } from '@tanstack/react-query'

import { auditLines, useAudit } from '@/api/audit'
import { download } from '@/components/download'
import { EmptyState } from '@/components/EmptyState'
import { Failure } from '@/components/Failure'

import { Loaded, Section, Table } from '../parts'
import { AuditFilters } from './AuditFilters'
import { AuditRow } from './AuditRow'
import { useAuditFilter } from './filter'

/** Who changed what, when and from where. */
export function AuditSection() {
  const { t } = useTranslation()
  const { filter, filtered, clear } = useAuditFilter()
  const audit = useAudit(filter)
  const save = useMutation({ mutationFn: async () => download('audit.jsonl', await auditLines(filter)) })
  return (
    <Section
      text={t('settings:audit.text')}
      action={
        <Button icon={<Download size={14} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
          {t('settings:audit.export')}
        </Button>
      }
    >
      <Failure error={save.error} />
      <AuditFilters />
      <Loaded query={audit}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items)
          if (entries.length === 0)
            return (
              <EmptyState icon={<FileClock size={28} />} title={filtered ? t('settings:filtered') : t('settings:audit.empty')}>
                {filtered && <Button onClick={clear}>{t('settings:clearFilters')}</Button>}
              </EmptyState>
            )
          return (
            <>
              <Table
                label={t('settings:section.audit')}
                busy={audit.isPlaceholderData}
                columns={[t('settings:audit.at'), t('settings:audit.who'), t('settings:audit.what'), null]}
              >
                {entries.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} />
                ))}
              </Table>
              {audit.hasNextPage && (
                <div className="settings-more">
                  <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                    {t('settings:showMore')}
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
