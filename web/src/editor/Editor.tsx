import './editor.css'

import { App, Button } from 'antd'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useNodeTypes, useTriggerTypes } from '@/api/catalogue'
import { useRevision } from '@/api/drafts'
import { useMay } from '@/api/session'
import { useTopBar } from '@/app/topbar'
import { ErrorState } from '@/components/ErrorState'
import type { Place } from '@/flow/document'
import { statesOf } from '@/flow/states'
import { find } from '@/flow/tree'
import { travel } from '@/flow/travel'
import { validate } from '@/flow/validate'

import type { CanvasEdit } from './canvas/context'
import { create, drop, moveTo, shift } from './commands'
import { Drawer } from './drawer/Drawer'
import { FlowCanvas } from './FlowCanvas'
import { ActsDialog } from './parts/ActsDialog'
import { Anchored } from './parts/Anchored'
import { Banners } from './parts/Banners'
import { ConflictDialog, PublishDialog } from './parts/Dialogs'
import { NodeMenu } from './parts/NodeMenu'
import { Outline } from './parts/Outline'
import { ProblemList } from './parts/ProblemList'
import { Tools } from './parts/Tools'
import { useAutosave } from './save'
import { useShortcuts } from './shortcuts'
import { select, undoEdit, useEditor } from './store'
import { Actions } from './top/Actions'
import { Crumbs } from './top/Crumbs'
import { useAddress } from './useAddress'

// What few visits need is loaded when it is opened.
const Palette = lazy(async () => ({ default: (await import('./parts/Palette')).Palette }))
const Revisions = lazy(async () => ({ default: (await import('./parts/Revisions')).Revisions }))
const Settings = lazy(async () => ({ default: (await import('./parts/Settings')).Settings }))

/** What is open over the canvas. */
type Over = { kind: 'palette'; place: Place; anchor: HTMLElement } | { kind: 'menu'; key: string; anchor: HTMLElement } | { kind: 'publish' } | null

/** The editor of a workflow that has been read. */
export function Editor() {
  const { t } = useTranslation()
  const types = useNodeTypes()
  const triggers = useTriggerTypes()
  const [over, setOver] = useState<Over>(null)
  const close = useCallback(() => setOver(null), [])
  const { panel, setPanel, revision, setRevision } = useAddress()
  const old = useRevision(useEditor((editor) => editor.key), revision)
  const readOnly = !useMay('editor') || revision !== undefined
  const draft = useEditor((editor) => editor.history.present)
  const document = (revision === undefined ? undefined : old.data?.document) ?? draft
  const { selected, reveal, refused, steps } = useEditor()
  const problems = useMemo(() => [...refused, ...validate(document, types.data)], [document, types.data, refused])
  const states = useMemo(() => (Object.keys(steps).length > 0 && revision === undefined ? statesOf(Object.values(steps).flat()) : undefined), [steps, revision])
  const remove = useRemove()
  const edit = useMemo<CanvasEdit | undefined>(
    () => (readOnly ? undefined : { insert: (place, anchor) => setOver({ kind: 'palette', place, anchor }), menu: (key, anchor) => setOver({ kind: 'menu', key, anchor }), move: moveTo, shift, remove }),
    [readOnly, remove],
  )
  useAutosave(!readOnly)
  useShortcuts(!readOnly, remove)
  useTopBar(<Crumbs />, <Actions onPublish={() => setOver({ kind: 'publish' })} onPanel={setPanel} />, [setPanel])
  if (types.error) return <ErrorState error={types.error} onRetry={() => void types.refetch()} />
  return (
    <div className="ed">
      <div className="ed-main">
        <Banners revision={revision} onLeaveRevision={() => setRevision(undefined)} />
        {panel === 'outline' && <Outline document={document} types={types.data} selected={selected} />}
        <div className="ed-canvas">
          {types.data && (
            <FlowCanvas document={document} nodeTypes={types.data} triggerTypes={triggers.data} problems={problems} selected={selected} onSelect={select} states={states} edit={edit} reveal={reveal}>
              <Tools problems={problems} panel={panel} onPanel={setPanel} readOnly={readOnly} />
            </FlowCanvas>
          )}
        </div>
        {panel === 'problems' && <ProblemList document={document} problems={problems} onClose={() => setPanel(undefined)} />}
      </div>
      {selected !== null && types.data && <Drawer document={document} types={types.data} problems={problems} selected={selected} readOnly={readOnly} />}
      {over?.kind === 'palette' && types.data && (
        <Anchored anchor={over.anchor} label={t('editor:palette.title')} onClose={close}>
          <Suspense>
            <Palette
              document={document}
              types={types.data}
              place={over.place}
              onPick={(type) => {
                close()
                create(type, over.place)
              }}
            />
          </Suspense>
        </Anchored>
      )}
      {over?.kind === 'menu' && <NodeMenu document={document} types={types.data} nodeKey={over.key} anchor={over.anchor} onRemove={remove} onClose={close} />}
      {over?.kind === 'publish' && <PublishDialog problems={problems} onClose={close} />}
      <Suspense>
        {panel === 'revisions' && <Revisions shown={revision} onShow={setRevision} onClose={() => setPanel(undefined)} />}
        {panel === 'settings' && <Settings document={document} readOnly={readOnly} onClose={() => setPanel(undefined)} />}
      </Suspense>
      <ConflictDialog />
      <ActsDialog />
    </div>
  )
}

/** useRemove deletes a node and offers to take that back. */
function useRemove() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { data: types } = useNodeTypes()
  return useCallback(
    (key: string) => {
      const { history } = useEditor.getState()
      const node = find(history.present, key)?.node
      if (!node) return
      drop(key, travel(history.present, types, key, 'up'))
      const shown = `removed ${key}`
      const undo = () => {
        message.destroy(shown)
        undoEdit()
      }
      void message.open({
        key: shown,
        type: 'info',
        duration: 6,
        content: (
          <>
            {t('editor:removed', { name: node.title || key })}{' '}
            <Button size="small" type="link" onClick={undo}>
              {t('editor:undo')}
            </Button>
          </>
        ),
      })
    },
    [message, t, types],
  )
}
