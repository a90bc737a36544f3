import type { Language } from '../test'

/** A text of the data, in the language that is shown. */
type Say = (en: string, zh: string) => string

const sayIn = (language: Language): Say => (en, zh) => (language === 'zh' ? zh : en)

/** What somebody with a small shop has set up, in their own language. */
export function documents(language: Language) {
  const say = sayIn(language)
  return { collections: collections(say), channels: channels(say), workflows: workflows(say) }
}

const collections = (say: Say) => [
  {
    name: 'customers',
    title: say('Customers', '客户'),
    fields: [
      { name: 'name', type: 'string', required: true, title: say('Name', '姓名') },
      { name: 'email', type: 'email', required: true, unique: true, title: say('E-mail', '邮箱') },
      { name: 'message', type: 'text', title: say('Message', '留言') },
      { name: 'plan', type: 'select', options: { choices: ['free', 'pro', 'team'] }, title: say('Plan', '套餐') },
      { name: 'newsletter', type: 'boolean', title: say('Newsletter', '订阅') },
    ],
  },
  {
    name: 'orders',
    title: say('Orders', '订单'),
    fields: [
      { name: 'number', type: 'string', required: true, unique: true, title: say('Number', '单号') },
      { name: 'customer', type: 'relation', options: { collection: 'customers' }, title: say('Customer', '客户') },
      { name: 'total', type: 'decimal', title: say('Total', '金额') },
      { name: 'status', type: 'select', options: { choices: ['new', 'paid', 'shipped'] }, index: true, title: say('Status', '状态') },
      { name: 'lines', type: 'json', title: say('Lines', '明细') },
    ],
  },
]

const channels = (say: Say) => [
  { key: 'team', title: say('Team chat', '团队群'), type: say('slack', 'feishu_robot'), config: { url: '{{$env.TEAM_CHAT}}' } },
  { key: 'pager', title: say('On-call duty', '值班'), type: 'http', config: { url: '{{$env.WAREHOUSE}}/page' } },
]

const workflows = (say: Say) => [orders(say), pushes(say), payments(say), contact(say), stock(say), trial(say), failures(say), cleanup(say)]

const signed = (scheme: string, secret: string) => ({ scheme, secret: `{{$env.${secret}}}` })

const orders = (say: Say) => ({
  key: 'shop-orders',
  title: say('Orders from the shop', '商城订单'),
  tags: [say('shop', '商城')],
  options: { onError: 'failures' },
  trigger: { type: 'webhook', config: { verification: signed('shopify', 'SHOP_SECRET'), dedupe: { key: '{{$context.data.number}}' } } },
  nodes: [
    { key: 'save', type: 'create', title: say('Save the order', '保存订单'), config: { collection: 'orders', upsertBy: ['number'], values: { number: '{{$context.data.number}}', total: '{{$context.data.total}}', status: 'new', lines: '{{$context.data.lines}}' } } },
    {
      key: 'large',
      type: 'condition',
      title: say('Large order?', '大额订单？'),
      config: { left: '{{$context.data.total}}', op: 'gte', right: 400 },
      branches: {
        true: [{ key: 'tell', type: 'notify', title: say('Tell the team', '通知团队'), config: { channel: 'team', text: say('Order {{$context.data.number}}: {{$context.data.total}} EUR', '订单 {{$context.data.number}}：{{$context.data.total}} 元') } }],
        false: [{ key: 'note', type: 'set', title: say('Note the channel', '记录来源'), config: { values: { source: 'web' } } }],
      },
    },
    {
      key: 'work',
      type: 'parallel',
      title: say('At the same time', '同时处理'),
      branches: {
        [say('warehouse', '仓库')]: [{ key: 'reserve', type: 'request', title: say('Reserve in the warehouse', '仓库锁定库存'), config: { method: 'POST', url: '{{$env.WAREHOUSE}}/reserve', body: { order: '{{$context.data.number}}', lines: '{{$context.data.lines}}' } } }],
        [say('invoice', '发票')]: [
          {
            key: 'lines',
            type: 'loop',
            title: say('Each line', '逐行处理'),
            config: { over: '{{$context.data.lines}}' },
            branches: { body: [{ key: 'amount', type: 'calculate', title: say('Amount', '小计'), config: { expression: '{{$scopes.lines.item.price}} * {{$scopes.lines.item.count}}' } }] },
          },
        ],
      },
    },
    { key: 'shipped', type: 'update', title: say('Mark as paid', '标记为已付款'), config: { collection: 'orders', filter: { field: 'number', op: 'equals', value: '{{$context.data.number}}' }, values: { status: 'paid' } } },
  ],
})

const pushes = (say: Say) => ({
  key: 'github-push',
  title: say('GitHub push', 'GitHub 推送'),
  tags: [say('engineering', '研发')],
  trigger: {
    type: 'webhook',
    config: { mode: 'sync', verification: signed('github', 'GITHUB_SECRET'), filter: { left: '{{$context.headers.x-github-event}}', op: 'equals', right: 'push' } },
  },
  nodes: [
    {
      key: 'main',
      type: 'condition',
      title: say('On main?', '主分支？'),
      config: { left: '{{$context.data.ref}}', op: 'equals', right: 'refs/heads/main' },
      branches: {
        true: [{ key: 'deploy', type: 'request', title: say('Start the deployment', '触发部署'), config: { method: 'POST', url: '{{$env.WAREHOUSE}}/deploy', body: { commit: '{{$context.data.after}}' } } }],
        false: [],
      },
    },
    { key: 'reply', type: 'response', title: say('Answer', '应答'), config: { status: 202, body: { commit: '{{$context.data.after}}' } } },
  ],
})

const payments = (say: Say) => ({
  key: 'stripe-payments',
  title: say('Stripe payments', 'Stripe 付款'),
  tags: [say('shop', '商城'), say('finance', '财务')],
  trigger: { type: 'webhook', config: { verification: signed('stripe', 'STRIPE_SECRET'), dedupe: {} } },
  nodes: [
    {
      key: 'kind',
      type: 'switch',
      title: say('Which event?', '事件类型'),
      config: {
        cases: [
          { key: 'paid', when: { left: '{{$context.data.type}}', op: 'equals', right: 'payment_intent.succeeded' } },
          { key: 'refunded', when: { left: '{{$context.data.type}}', op: 'equals', right: 'charge.refunded' } },
        ],
        onNoMatch: 'continue',
      },
      branches: {
        paid: [{ key: 'book', type: 'set', title: say('Book the payment', '入账'), config: { values: { amount: '{{$context.data.data.object.amount}}' } } }],
        refunded: [{ key: 'inform', type: 'notify', title: say('Tell accounting', '通知财务'), config: { channel: 'team', text: '{{$context.data.id}}' } }],
        otherwise: [],
      },
    },
  ],
})

const contact = (say: Say) => ({
  key: 'contact-form',
  title: say('Contact form', '联系表单'),
  tags: [say('website', '官网')],
  trigger: {
    type: 'webhook',
    config: { path: 'contact', schema: { type: 'object', required: ['name', 'email'], properties: { name: { type: 'string' }, email: { type: 'string', pattern: '@' } } }, response: { status: 201, body: { ok: true } } },
  },
  nodes: [
    {
      key: 'customer',
      type: 'create',
      title: say('Save the customer', '保存客户'),
      config: { collection: 'customers', upsertBy: ['email'], values: { name: '{{$context.data.name}}', email: '{{$context.data.email}}', message: '{{$context.data.message}}', plan: '{{$context.data.plan}}', newsletter: '{{$context.data.newsletter}}' } },
    },
  ],
})

const stock = (say: Say) => ({
  key: 'stock-check',
  title: say('Is it in stock?', '库存查询'),
  tags: [say('shop', '商城')],
  options: { onError: 'failures' },
  trigger: { type: 'webhook', config: { mode: 'sync', methods: ['GET', 'POST'], path: 'stock/:sku', sync: { timeout: '10s' } } },
  nodes: [
    { key: 'ask', type: 'request', title: say('Ask the warehouse', '查询仓库'), retry: { attempts: 2, interval: '100ms' }, config: { url: '{{$env.WAREHOUSE}}/stock/{{$context.params.sku}}' } },
    { key: 'words', type: 'javascript', title: say('Put it into words', '整理结果'), config: { params: { stock: '{{$steps.ask.data}}' }, code: "console.log('asked', stock.sku)\nreturn { sku: stock.sku, inStock: stock.left > 0, left: stock.left }" } },
    { key: 'reply', type: 'response', title: say('Answer', '应答'), config: { body: '{{$steps.words}}' } },
  ],
})

const trial = (say: Say) => ({
  key: 'trial-reminder',
  title: say('Trial reminder', '试用到期提醒'),
  tags: [say('website', '官网')],
  trigger: { type: 'webhook', config: { verification: { scheme: 'token', header: 'Authorization', prefix: 'Bearer ', value: '{{$env.SITE_TOKEN}}' } } },
  nodes: [
    { key: 'wait', type: 'delay', title: say('Wait 12 days', '等待 12 天'), config: { for: '12d' } },
    { key: 'remind', type: 'notify', title: say('Remind', '发送提醒'), config: { channel: 'team', text: '{{$context.data.email}}' } },
  ],
})

const failures = (say: Say) => ({
  key: 'failures',
  title: say('Tell of failures', '失败告警'),
  tags: [say('operations', '运维')],
  trigger: { type: 'manual' },
  nodes: [{ key: 'tell', type: 'notify', title: say('Page who is on duty', '呼叫值班人员'), config: { channel: 'pager', text: '{{$context.workflow}}: {{$context.error}}' } }],
})

const cleanup = (say: Say) => ({
  key: 'old-orders',
  title: say('Archive old orders', '归档旧订单'),
  tags: [say('operations', '运维')],
  enabled: false,
  trigger: { type: 'manual' },
  nodes: [{ key: 'old', type: 'query', title: say('Old orders', '查询旧订单'), config: { collection: 'orders', filter: { field: 'status', op: 'equals', value: 'shipped' } } }],
})
