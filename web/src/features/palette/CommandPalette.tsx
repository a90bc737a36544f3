export function CommandPalette(_: { onClose: () => void }) {
  return null
}
