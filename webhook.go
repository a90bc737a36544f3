package hookflow

import "encoding/json"

// Modes of answering a webhook.
const (
	ModeAsync = "async"
	ModeSync  = "sync"
)

// Webhook is the config of a webhook trigger: an endpoint with its checks. The
// raw members may hold {{variables}} of $context and $env.
type Webhook struct {
	Path         string          `json:"path,omitempty" doc:"URL path below /api/webhooks/; default the workflow's key; :name and a last *rest are parameters" zh:"/api/webhooks/ 之后的路径；默认为工作流标识；可含 :name 与末尾 *rest 参数"`
	Methods      []string        `json:"methods,omitempty" enum:"GET,POST,PUT,PATCH,DELETE" default:"[\"POST\"]" doc:"Methods accepted" zh:"允许的请求方法"`
	Mode         string          `json:"mode,omitempty" enum:"async,sync" default:"async" doc:"async answers at once, sync waits for the workflow" zh:"async 立即应答，sync 等待工作流"`
	Sync         SyncOptions     `json:"sync,omitzero" when:"mode=sync" doc:"How long a sync caller waits" zh:"同步等待设置"`
	Verification json.RawMessage `json:"verification,omitempty" ui:"verification" doc:"How callers prove who they are" zh:"请求验证方式"`
	AllowIPs     []string        `json:"allowIPs,omitempty" more:"true" doc:"Addresses, CIDRs and sets such as @private that may call" zh:"允许的 IP、CIDR 与地址集（如 @private）"`
	DenyIPs      []string        `json:"denyIPs,omitempty" more:"true" doc:"Addresses, CIDRs and sets such as @private that may not" zh:"拒绝的 IP、CIDR 与地址集（如 @private）"`
	MaxBytes     Size            `json:"maxBytes,omitempty" ui:"size" more:"true" doc:"Largest body, decoded" zh:"请求体上限（解码后）"`
	Schema       json.RawMessage `json:"schema,omitempty" ui:"jsonschema" more:"true" doc:"JSON Schema 2020-12 of the parsed body" zh:"请求体的 JSON Schema 2020-12"`
	Dedupe       *Dedupe         `json:"dedupe,omitempty" doc:"Recognises an event sent twice" zh:"去重"`
	Filter       json.RawMessage `json:"filter,omitempty" ui:"condition" doc:"Condition; requests that do not meet it are acknowledged and not run" zh:"过滤条件；不满足则应答但不执行"`
	RateLimit    *RateLimit      `json:"rateLimit,omitempty" more:"true" doc:"Most requests in a time" zh:"限流"`
	Response     *Acknowledgment `json:"response,omitempty" when:"mode=async" doc:"The async answer; default 200, text/plain, ok" zh:"异步应答；默认 200 text/plain ok"`
	CORS         *CORS           `json:"cors,omitempty" more:"true" doc:"Browsers of other origins that may call" zh:"跨域设置"`
}

// SyncOptions bound how long a sync caller waits.
type SyncOptions struct {
	Timeout   Duration `json:"timeout,omitzero" default:"30s" doc:"Longest wait" zh:"最长等待时间"`
	OnTimeout string   `json:"onTimeout,omitempty" enum:"abort,continue" default:"abort" doc:"Then: abort the execution with 504, or let it go on with 202" zh:"超时后：abort 终止并返回 504，continue 返回 202 并继续"`
}

// Dedupe recognises an event by a unique key inside a window of time.
type Dedupe struct {
	Key    json.RawMessage `json:"key,omitempty" doc:"What is unique about an event; default what the verification scheme knows of its provider" zh:"事件的唯一标识；默认采用验证方式已知的提供方事件 ID"`
	Window Duration        `json:"window,omitzero" default:"24h" doc:"How long it is remembered" zh:"记忆时间"`
}

// RateLimit is a token bucket.
type RateLimit struct {
	Requests int      `json:"requests" required:"true" min:"1" doc:"How many" zh:"请求数"`
	Per      Duration `json:"per" required:"true" doc:"In which time" zh:"时间"`
	By       string   `json:"by,omitempty" enum:"endpoint,ip" default:"endpoint" doc:"One bucket for the endpoint, or one per client address" zh:"按端点或按客户端 IP"`
}

// Acknowledgment is the configured answer of an async webhook.
type Acknowledgment struct {
	Status  json.RawMessage `json:"status,omitempty" ui:"number" doc:"HTTP status, default 200" zh:"HTTP 状态码，默认 200"`
	Headers json.RawMessage `json:"headers,omitempty" ui:"keyvalue" doc:"Headers" zh:"响应头"`
	Body    json.RawMessage `json:"body,omitempty" ui:"body" doc:"Text, or any JSON" zh:"文本或任意 JSON"`
}

// CORS lists the origins whose browsers may call.
type CORS struct {
	Origins []string `json:"origins" required:"true" doc:"Origins such as https://example.com, or *" zh:"来源，如 https://example.com，或 *"`
}
