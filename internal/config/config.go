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
)

// DefaultDataDir is the default of DataDir.
const DefaultDataDir = "./data"

// Config is every setting. Each has one name, spelled --name as a flag,
// HOOKFLOW_NAME as a variable and name in the file.
type Config struct {
	Addr            string         `name:"addr" kind:"address" default:"127.0.0.1:8080" doc:"Listen address; port 0 takes a free one." zh:"监听地址；端口 0 表示自动选择。"`
	DataDir         string         `name:"data-dir" kind:"path" default:"./data" doc:"Directory of the SQLite file and the secret key; made at the first start." zh:"SQLite 文件与密钥所在目录，首次启动时创建。"`
	DatabaseURL     string         `name:"database-url" kind:"postgres" secret:"true" shown:"SQLite in the data directory" shownZh:"数据目录中的 SQLite" doc:"PostgreSQL, for several processes on one database. Holds a password: prefer the variable, since flags show in the process list." zh:"PostgreSQL 地址，供多个进程共用一个数据库。含密码：请优先用环境变量，命令行参数会出现在进程列表中。"`
	SecretKey       string         `name:"secret-key" kind:"key" secret:"true" shown:"key file in the data directory" shownZh:"数据目录中的密钥文件" doc:"Key that encrypts secrets at rest. Prefer the variable, since flags show in the process list." zh:"加密静态机密的密钥。请优先用环境变量，命令行参数会出现在进程列表中。"`
	PublicURL       string         `name:"public-url" kind:"url" shown:"from the request" shownZh:"取自请求" doc:"Base of the URLs shown to users and of those that signatures cover." zh:"展示给用户以及参与签名计算的 URL 前缀。"`
	TrustedProxies  []netip.Prefix `name:"trusted-proxies" kind:"networks" shown:"none" shownZh:"无" doc:"Peers whose X-Forwarded-For, -Proto, -Host or Forwarded is believed; from anyone else they are ignored." zh:"可信代理：仅采信来自这些地址的 X-Forwarded-For、-Proto、-Host 或 Forwarded。"`
	MaxBodyBytes    hookflow.Size  `name:"max-body-bytes" kind:"size" default:"16MiB" doc:"Largest request body of any endpoint, decoded." zh:"任一端点的请求体上限（解码后）。"`
	Workers         int            `name:"workers" kind:"workers" shown:"4 × CPUs" shownZh:"4 × CPU 数" doc:"Executions run at once in this process; those that wait for the disk or for an answer from outside are not counted, up to 15 times as many." zh:"本进程同时运行的执行数；等待磁盘或外部应答的执行不计入，最多为其 15 倍。"`
	MaxQueued       int            `name:"max-queued" kind:"count" default:"1000000" doc:"Executions that may wait for a worker; past it callers get 503." zh:"等待运行的执行数上限；超过后调用方收到 503。"`
	EgressAllow     []netip.Prefix `name:"egress-allow" kind:"networks" shown:"none" shownZh:"无" doc:"Addresses that workflows may connect to although egress-deny or the built-in list (link-local, cloud metadata) covers them." zh:"即使在 egress-deny 或内置列表（链路本地、云元数据）中，工作流仍可连接的地址。"`
	EgressDeny      []netip.Prefix `name:"egress-deny" kind:"networks" shown:"link-local and cloud metadata" shownZh:"链路本地与云元数据地址" doc:"More addresses that workflows may not connect to." zh:"另外禁止工作流连接的地址。"`
	ShutdownTimeout time.Duration  `name:"shutdown-timeout" kind:"duration" default:"20s" doc:"Longest time to finish what runs after SIGTERM or SIGINT; the rest goes on after the next start." zh:"收到 SIGTERM 或 SIGINT 后完成在途工作的最长时间；其余在下次启动后继续。"`
	LogLevel        slog.Level     `name:"log-level" kind:"level" default:"info" doc:"Least severe lines to log." zh:"最低日志级别。"`
	LogFormat       string         `name:"log-format" kind:"format" default:"text" doc:"Form of a log line on standard error." zh:"标准错误输出的日志格式。"`
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
