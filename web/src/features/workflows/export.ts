import { api } from '@/api/client'

/** exportWorkflow saves a workflow as a file on this computer, as `hookflow apply` takes it. */
export async function exportWorkflow(key: string, format: 'json' | 'yaml') {
  const { data: text } = await api.GET('/api/workflows/{key}/export', { params: { path: { key }, query: { format } }, parseAs: 'blob' })
  download(text as Blob, `${key}.${format}`)
}

function download(content: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
