import { useTranslation } from 'react-i18next'

import type { NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'
import { branchesOf, typeOf } from '@/flow/branches'
import type { FlowDocument, FlowNode } from '@/flow/document'
import { familyOf } from '@/flow/look'
import { trigger } from '@/flow/travel'

import { show } from '../store'

/** The flow as a nested list: what the canvas shows, for those who read rather than look. */
export function Outline({ document, types, selected }: { document: FlowDocument; types: NodeTypes | undefined; selected: string | null }) {
  const { t } = useTranslation()
  return (
    <nav className="ed-outline" aria-label={t('editor:outline')}>
      <ul>
        <li>
          <Entry id={trigger} title={t('editor:trigger')} icon="webhook" family="trigger" selected={selected} />
        </li>
        <Nodes nodes={document.nodes} types={types} selected={selected} />
      </ul>
    </nav>
  )
}

function Nodes({ nodes, types, selected }: { nodes: FlowNode[]; types: NodeTypes | undefined; selected: string | null }) {
  const { t, i18n } = useTranslation()
  return nodes.map((node) => {
    const type = typeOf(types, node.type)
    const branches = branchesOf(node, types)
    return (
      <li key={node.key}>
        <Entry id={node.key} title={node.title || pick(type?.title, i18n.language) || node.key} icon={type?.icon} family={familyOf(type)} selected={selected} />
        {branches.length > 0 && (
          <ul>
            {branches.map(({ name, title }) => (
              <li key={name}>
                <span className="ed-outline-branch">{pick(title, i18n.language)}</span>
                {node.branches?.[name]?.length ? (
                  <ul>
                    <Nodes nodes={node.branches[name]} types={types} selected={selected} />
                  </ul>
                ) : (
                  <span className="muted">{t('editor:emptyBranch')}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </li>
    )
  })
}

function Entry({ id, title, icon, family, selected }: { id: string; title: string; icon: string | undefined; family: string; selected: string | null }) {
  return (
    <button type="button" className="ed-outline-node" aria-current={selected === id || undefined} onClick={() => show(id)}>
      <TypeIcon icon={icon} family={family} size={22} />
      <span className="cut">{title}</span>
    </button>
  )
}
