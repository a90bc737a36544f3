import { useEffect, useState } from 'react'

/** useReturnFocus gives the focus back to what had it when the dialog that calls this appeared, once the dialog is gone. */
export function useReturnFocus() {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After the dialog has let go of the focus; not when something else has taken it since.
      requestAnimationFrame(() => {
        if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body) opener.focus()
      })
    },
    [opener],
  )
}
