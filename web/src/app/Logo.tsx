/** The hook in its tile of ink. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--ink)" />
      <path d="M10 8v9a6 6 0 0 0 12 0v-3" fill="none" stroke="var(--on-ink)" strokeWidth="3" strokeLinecap="round" />
      <path d="m18.5 16.5 3.5-3.5 3.5 3.5" fill="none" stroke="#3fc1d6" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
