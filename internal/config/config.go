// Package config is every setting of a Hookflow process in one struct, read
// from flags, HOOKFLOW_* variables and hookflow.yaml. The struct's tags are the
// help text and the reference page too.
package config

import (
	"log/slog"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/network"
)

// DefaultDataDir is the default of DataDir.
const DefaultDataDir = "./data"

// Config is every setting. Each has one name, spelled --name as a flag,
// HOOKFLOW_NAME as a variable and name in the file.
type Config struct {
	Addr             string         `name:"addr" kind:"address" default:"127.0.0.1:8080" doc:"Listen address; port 0 takes a free one." zh:"监听地址；端口 0 表示自动选择。"`
	DataDir          string         `name:"data-dir" kind:"path" default:"./data" doc:"Directory of the SQLite file and the secret key; made at the first start." zh:"SQLite 文件与密钥所在目录，首次启动时创建。"`
	DatabaseURL      string         `name:"database-url" kind:"postgres" secret:"true" shown:"SQLite in the data directory" shownZh:"数据目录中的 SQLite" doc:"PostgreSQL, for several processes on one database. Holds a password: prefer the variable, since flags show in the process list." zh:"PostgreSQL 地址，供多个进程共用一个数据库。含密码：请优先用环境变量，命令行参数会出现在进程列表中。"`
	SecretKey        string         `name:"secret-key" kind:"key" secret:"true" shown:"key file in the data directory" shownZh:"数据目录中的密钥文件" doc:"Key that encrypts secrets at rest. Prefer the variable, since flags show in the process list." zh:"加密静态机密的密钥。请优先用环境变量，命令行参数会出现在进程列表中。"`
	PublicURL        string         `name:"public-url" kind:"url" shown:"from the request" shownZh:"取自请求" doc:"Base of the URLs shown to users and of those that signatures cover." zh:"展示给用户以及参与签名计算的 URL 前缀。"`
	TrustedProxies   []netip.Prefix `name:"trusted-proxies" kind:"networks" shown:"none" shownZh:"无" doc:"Peers whose X-Forwarded-For, -Proto, -Host or Forwarded is believed; from anyone else they are ignored." zh:"可信代理：仅采信来自这些地址的 X-Forwarded-For、-Proto、-Host 或 Forwarded。"`
	TLSCert          string         `name:"tls-cert" kind:"file" shown:"no https" shownZh:"不启用 https" doc:"Certificate chain in PEM, for https; read again when it changes." zh:"https 证书链（PEM）；文件变化时自动重新读取。"`
	TLSKey           string         `name:"tls-key" kind:"file" shown:"no https" shownZh:"不启用 https" doc:"Key of tls-cert in PEM, without a password." zh:"tls-cert 的私钥（PEM，无密码）。"`
	ACMEDomains      []string       `name:"acme-domains" kind:"domains" shown:"no https" shownZh:"不启用 https" doc:"Names to get certificates for by ACME, from Let's Encrypt or acme-ca; using it accepts its terms of service. It must reach this server on port 443, or on port 80 with http-addr. Keys and certificates are kept in acme in the data directory; behind a load balancer it ends TLS, or all processes share this directory." zh:"通过 ACME（Let's Encrypt 或 acme-ca）为这些域名申请证书；使用即表示接受其服务条款。CA 须能访问本机的 443 端口，或配合 http-addr 访问 80 端口。密钥与证书保存在数据目录的 acme 中；位于负载均衡之后时，由其终结 TLS，或所有进程共用此目录。"`
	ACMEEmail        string         `name:"acme-email" kind:"email" shown:"none" shownZh:"无" doc:"Where the ACME provider may write to about the certificates." zh:"供 ACME 服务商就证书事宜联系的邮箱。"`
	ACMECA           string         `name:"acme-ca" kind:"https" shown:"Let's Encrypt" shownZh:"Let's Encrypt" doc:"Directory URL of another ACME provider." zh:"其他 ACME 服务商的目录 URL。"`
	ACMECARoot       string         `name:"acme-ca-root" kind:"file" shown:"the system's" shownZh:"系统根证书" doc:"Certificates in PEM that a private ACME provider's own https is verified with." zh:"用于验证私有 ACME 服务商自身 https 的根证书（PEM）。"`
	HTTPAddr         string         `name:"http-addr" kind:"address" shown:"none" shownZh:"无" doc:"Second listen address, such as :80, that sends callers on to https, and answers the http-01 challenges of ACME." zh:"另一个监听地址，如 :80：将访问者重定向到 https，并应答 ACME 的 http-01 验证。"`
	TLSClientCA      string         `name:"tls-client-ca" kind:"file" shown:"none asked for" shownZh:"不请求客户端证书" doc:"Certificates in PEM of those who issue client certificates. They are asked for, but demanded only by endpoints whose scheme is mtls. Read again when it changes." zh:"签发客户端证书的 CA 证书（PEM）。会请求客户端证书，但仅 mtls 方案的端点强制要求。文件变化时自动重新读取。"`
	MaxBodyBytes     hookflow.Size  `name:"max-body-bytes" kind:"size" default:"16MiB" doc:"Largest request body of any endpoint, decoded." zh:"任一端点的请求体上限（解码后）。"`
	Workers          int            `name:"workers" kind:"workers" shown:"4 × CPUs" shownZh:"4 × CPU 数" doc:"Executions run at once in this process; those that wait for the disk or for an answer from outside are not counted, up to 15 times as many." zh:"本进程同时运行的执行数；等待磁盘或外部应答的执行不计入，最多为其 15 倍。"`
	MaxQueued        int            `name:"max-queued" kind:"count" default:"1000000" doc:"Executions that may wait for a worker; past it callers get 503." zh:"等待运行的执行数上限；超过后调用方收到 503。"`
	EgressAllow      []network.Set  `name:"egress-allow" kind:"sets" shown:"none" shownZh:"无" doc:"Where workflows may connect to although egress-deny or the built-in list (link-local and metadata addresses) denies it." zh:"虽在 egress-deny 或内置列表（link-local 与 metadata）中，工作流仍可连接的地址。"`
	EgressDeny       []network.Set  `name:"egress-deny" kind:"sets" shown:"link-local and metadata" shownZh:"link-local 与 metadata" doc:"Where workflows may not connect to, besides link-local and metadata addresses; loopback and private addresses are denied only here. Checked after DNS, for every connection and every redirect." zh:"除 link-local 与 metadata 外，另外禁止工作流连接的地址；loopback 与 private 仅在此列出时禁止。每次连接与每次重定向都在 DNS 解析之后检查。"`
	RetainSucceeded  time.Duration  `name:"retain-succeeded" kind:"duration" shown:"for ever" shownZh:"永久" doc:"How long executions that succeeded are kept, such as 7d, where the workflow does not say." zh:"成功的执行的保留时间，如 7d；工作流另有设置时以工作流为准。"`
	RetainFailed     time.Duration  `name:"retain-failed" kind:"duration" shown:"for ever" shownZh:"永久" doc:"How long executions that did not succeed are kept, where the workflow does not say." zh:"未成功的执行的保留时间；工作流另有设置时以工作流为准。"`
	RetainDeliveries time.Duration  `name:"retain-deliveries" kind:"duration" shown:"for ever" shownZh:"永久" doc:"How long requests received are kept, where the workflow does not say; never less than an execution needs them." zh:"收到的请求的保留时间；工作流另有设置时以工作流为准；执行仍需要的请求不会删除。"`
	ShutdownTimeout  time.Duration  `name:"shutdown-timeout" kind:"duration" default:"20s" doc:"Longest time to finish what runs after SIGTERM or SIGINT; the rest goes on after the next start." zh:"收到 SIGTERM 或 SIGINT 后完成在途工作的最长时间；其余在下次启动后继续。"`
	LogLevel         slog.Level     `name:"log-level" kind:"level" default:"info" doc:"Least severe lines to log." zh:"最低日志级别。"`
	LogFormat        string         `name:"log-format" kind:"format" default:"text" doc:"Form of a log line on standard error." zh:"标准错误输出的日志格式。"`
}

// Setting describes one setting, for the help text and the reference page.
type Setting struct {
	Name    string // in the file
	Default string // as written; "" when Shown says what happens instead
	Shown   string // the default in words
	ShownZh string
	Doc, Zh string
	Secret  bool // its value is never repeated in an error

	kind  kind
	field int
}

// Flag returns the setting's name on the command line.
func (s Setting) Flag() string { return "--" + s.Name }

// Variable returns the setting's name in the environment.
func (s Setting) Variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(s.Name, "-", "_"))
}

// Expects says in words which values are accepted.
func (s Setting) Expects() string { return s.kind.expects }

// ExpectsZh is Expects in Chinese.
func (s Setting) ExpectsZh() string { return s.kind.zh }

// Settings returns every setting, in the order of Config.
func Settings() []Setting {
	fields := reflect.VisibleFields(reflect.TypeFor[Config]())
	settings := make([]Setting, len(fields))
	for i, field := range fields {
		tag := field.Tag
		settings[i] = Setting{
			Name:    tag.Get("name"),
			Default: tag.Get("default"),
			Shown:   tag.Get("shown"),
			ShownZh: tag.Get("shownZh"),
			Doc:     tag.Get("doc"),
			Zh:      tag.Get("zh"),
			Secret:  tag.Get("secret") == "true",
			kind:    kinds[tag.Get("kind")],
			field:   i,
		}
	}
	return settings
}
