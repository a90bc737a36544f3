const workers = 4

interface EachOptions {
  stopped: () => boolean
  onProgress: (done: number, failed: number) => void
}

/** each does something with every id, some at a time, until it is stopped. What fails is collected. */
export async function each(ids: string[], call: (id: string) => Promise<void>, { stopped, onProgress }: EachOptions) {
  const left = [...ids]
  const failed: { id: string; error: unknown }[] = []
  let done = 0
  const work = async () => {
    for (let id = left.shift(); id !== undefined && !stopped(); id = left.shift()) {
      try {
        // oxlint-disable-next-line no-await-in-loop
        await call(id)
      } catch (error) {
        failed.push({ id, error })
      }
      onProgress(++done, failed.length)
    }
  }
  onProgress(0, 0)
  await Promise.all(Array.from({ length: workers }, work))
  return { done, failed }
}
