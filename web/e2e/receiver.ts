import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface Received {
  path: string
  headers: Record<string, unknown>
  body: string
}

/** receive listens on a port of its own, notes what comes and answers by the status that a path has. */
export async function receive(statusOf: (path: string) => number = () => 200) {
  const got: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      got.push({ path, headers: request.headers, body: String(Buffer.concat(parts)) })
      response.writeHead(statusOf(path), { 'Content-Type': 'application/json' }).end('{"ok":true}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { got, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
