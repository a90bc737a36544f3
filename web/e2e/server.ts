import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The program under test. */
const binary = resolve(process.env.HOOKFLOW_BIN ?? join(import.meta.dirname, '../../bin/hookflow'))

export const admin = { email: 'admin@example.com', password: 'correct-horse-battery' }

/** A Hookflow of its own: a data directory, a port, and a key of the administrator's. */
export class Server {
  url = ''
  setupLink = ''
  /** The sample webhook's token, as the first start prints it. */
  sampleToken = ''
  key = ''
  private process?: ChildProcess
  readonly dir = mkdtempSync(join(tmpdir(), 'hookflow-browser-'))

  /** start runs the server and waits until it says where it listens. */
  async start(env: Record<string, string> = {}) {
    const address = this.url ? new URL(this.url).host : '127.0.0.1:0'
    const child = spawn(binary, ['serve', '--addr', address, '--data-dir', this.dir], {
      env: { ...process.env, HOOKFLOW_EGRESS_ALLOW: '127.0.0.0/8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process = child
    let said = ''
    await new Promise<void>((done, failed) => {
      const listen = (chunk: Buffer) => {
        said += String(chunk)
        if (said.includes('msg=listening')) done()
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.once('exit', (code) => failed(new Error(`hookflow ended with ${code}: ${said}`)))
    })
    this.url = /listening on (http:\S+)/.exec(said)?.[1] ?? this.url
    this.setupLink = /http:\S+\/setup#token=\S+/.exec(said)?.[0] ?? this.setupLink
    this.sampleToken = /X-Sample-Token: (\w+)/.exec(said)?.[1] ?? this.sampleToken
    this.key ||= this.run('api-key', 'create', '--name', 'test', '--role', 'admin').trim()
  }

  /** run is another command of the program on the same data. */
  run(...args: string[]) {
    return execFileSync(binary, [...args, '--data-dir', this.dir], { encoding: 'utf8' })
  }

  addUser(email: string, password: string, role: string) {
    this.run('user', 'create', '--email', email, '--password', password, '--role', role)
  }

  /** stop ends the server as an operator would, or as a power cut would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL') {
    const child = this.process
    if (!child || child.exitCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await ended
  }

  async dispose() {
    await this.stop()
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** api calls the admin API as the administrator; an answer that is no success is an error. */
  async api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : null) as T
  }

  /** hook sends a webhook as its sender would. */
  async hook(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return fetch(`${this.url}/api/webhooks/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: method === 'GET' ? undefined : text,
    })
  }

  /** sample sends the request that the first start prints. */
  sample(body: unknown = { name: 'Ada', email: 'ada@example.com' }) {
    return this.hook('sample', body, { 'X-Sample-Token': this.sampleToken })
  }

  /** workflow creates or replaces a published workflow. */
  workflow(document: { key: string } & Record<string, unknown>, draft = false) {
    return this.api('PUT', `/api/workflows/${document.key}${draft ? '?draft=true' : ''}`, { kind: 'Workflow', enabled: true, ...document })
  }
}
