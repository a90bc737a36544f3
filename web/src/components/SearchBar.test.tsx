import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'

import { SearchBar } from './SearchBar'

const suggestions = ['status:', 'status:401', 'status:404']

function Bar({ begun = [] }: { begun?: string[] }) {
  const [chips, setChips] = useState(begun)
  return (
    <SearchBar
      label="Search"
      placeholder="…"
      chips={chips}
      suggest={(text) => suggestions.filter((one) => one.startsWith(text) && one !== text).map((one) => ({ text: one }))}
      onAdd={(text) => setChips([...chips, text])}
      onRemove={(index) => setChips(chips.filter((_, at) => at !== index))}
    />
  )
}

const chips = () => screen.queryAllByRole('button', { name: /^Remove/ }).map((button) => button.parentElement?.textContent)

test('what is typed becomes a chip at Enter', async () => {
  const user = userEvent.setup()
  render(<Bar />)
  await user.type(screen.getByRole('combobox'), 'order created{Enter}')
  expect(chips()).toEqual(['order created'])
  expect(screen.getByRole('combobox')).toHaveValue('')
})

test('a suggested field goes on to its values', async () => {
  const user = userEvent.setup()
  render(<Bar />)
  const input = screen.getByRole('combobox')
  await user.type(input, 'st{ArrowDown}{Enter}')
  expect(input).toHaveValue('status:')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('status:404')
  await user.keyboard('{Enter}')
  expect(chips()).toEqual(['status:404'])
})

test('Backspace takes the last chip away, a click on a chip edits it', async () => {
  const user = userEvent.setup()
  render(<Bar begun={['method:POST', 'status:401', 'x']} />)
  await user.type(screen.getByRole('combobox'), '{Backspace}')
  expect(chips()).toEqual(['method:POST', 'status:401'])
  await user.click(screen.getByRole('button', { name: 'method:POST' }))
  expect(chips()).toEqual(['status:401'])
  expect(screen.getByRole('combobox')).toHaveValue('method:POST')
})

test('nothing is taken while an input method composes', async () => {
  render(<Bar />)
  const input = screen.getByRole('combobox')
  await userEvent.type(input, 'ab')
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
  expect(chips()).toEqual([])
})
