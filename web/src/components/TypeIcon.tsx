import {
  ArrowRightFromLine, BadgeCheck, Bell, Box, Braces, Calculator, CircleStop, Database, DatabaseBackup, GitFork, Globe, Hand, ListTree, Mail, MessageCircle,
  MessageSquare, MessageSquareText, Repeat, Reply, Rows3, Send, Sigma, Smartphone, Split, Table2, TableProperties, TableRowsSplit, Timer, Users, Variable, Webhook,
  Workflow, type LucideIcon,
} from 'lucide-react'

// The server names icons as Lucide does; those that it names are built in.
const icons: Record<string, LucideIcon> = {
  'arrow-right-from-line': ArrowRightFromLine, 'badge-check': BadgeCheck, bell: Bell, braces: Braces, calculator: Calculator, 'circle-stop': CircleStop,
  database: Database, 'database-backup': DatabaseBackup, 'git-fork': GitFork, globe: Globe, hand: Hand, 'list-tree': ListTree, mail: Mail,
  'message-circle': MessageCircle, 'message-square': MessageSquare, 'message-square-text': MessageSquareText, repeat: Repeat, reply: Reply, send: Send,
  sigma: Sigma, slack: MessageSquare, smartphone: Smartphone, split: Split, 'table-2': Table2, 'table-properties': TableProperties,
  'table-rows-plus': Rows3, 'table-rows-split': TableRowsSplit, timer: Timer, users: Users, variable: Variable, webhook: Webhook, workflow: Workflow,
}

/** The icon of a node, trigger or channel type in a tile of its family's colour. */
export function TypeIcon({ icon, family, size = 30 }: { icon: string | undefined; family: string; size?: number }) {
  const Icon = icons[icon ?? ''] ?? Box
  const colour = `var(--family-${family})`
  return (
    <span
      aria-hidden
      style={{ display: 'inline-grid', placeItems: 'center', flex: 'none', width: size, height: size, borderRadius: size * 0.24, color: colour, background: `color-mix(in srgb, ${colour} 12%, transparent)` }}
    >
      <Icon size={size * 0.54} />
    </span>
  )
}
