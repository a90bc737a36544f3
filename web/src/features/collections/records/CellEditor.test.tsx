import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'

import { CellEditor } from './CellEditor'
import type { Edit } from './useEdit'

const begun: Edit = { id: 'r1', field: { name: 'title', type: 'string' }, before: 'old', text: 'old', error: '', saving: false }

function setup(saved = true) {
  const calls = { save: vi.fn(() => Promise.resolve(saved)), done: vi.fn(), cancel: vi.fn() }
  function Cell() {
    const [edit, setEdit] = useState(begun)
    return (
      <>
        <CellEditor edit={edit} onType={(text) => setEdit({ ...edit, text })} onSave={calls.save} onDone={calls.done} onCancel={calls.cancel} />
        <button type="button">{'elsewhere'}</button>
      </>
    )
  }
  render(<Cell />)
  return { ...calls, user: userEvent.setup(), input: screen.getByRole('textbox', { name: 'Edit title' }) }
}

it('saves by Enter, once', async () => {
  const { user, input, save, done } = setup()
  await user.type(input, 'er{Enter}')
  await user.click(screen.getByText('elsewhere'))
  expect(input).toHaveValue('older')
  expect(save).toHaveBeenCalledTimes(1)
  expect(done).toHaveBeenCalledWith(0)
})

it('goes on to the next cell by Tab', async () => {
  const { user, input, done } = setup()
  await user.type(input, '{Tab}')
  expect(done).toHaveBeenCalledWith(1)
})

it('leaves all as it was by Escape, also when the focus goes', async () => {
  const { user, input, save, cancel } = setup()
  await user.type(input, 'x{Escape}')
  await user.click(screen.getByText('elsewhere'))
  expect(cancel).toHaveBeenCalledTimes(1)
  expect(save).not.toHaveBeenCalled()
})

it('stays when a value is refused', async () => {
  const { user, input, done } = setup(false)
  await user.type(input, '{Enter}')
  expect(done).not.toHaveBeenCalled()
})

it('saves when somebody clicks elsewhere', async () => {
  const { user, input, save } = setup()
  await user.type(input, 'x')
  await user.click(screen.getByText('elsewhere'))
  expect(save).toHaveBeenCalledTimes(1)
})
