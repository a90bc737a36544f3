package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/secret"
)

// bilingual is a text in both languages.
type bilingual struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

type setting struct {
	Name        string        `json:"name" doc:"In the file"`
	Flag        string        `json:"flag"`
	Env         string        `json:"env" doc:"Environment variable"`
	Value       *string       `json:"value" doc:"As written; masked when secret; null when nobody set it and its default is in words"`
	Default     string        `json:"default" doc:"As written; empty when its default is in words"`
	DefaultText bilingual     `json:"defaultText" doc:"The default in words; empty when it is a value"`
	Source      config.Source `json:"source" enum:"flag,env,file,default"`
	Secret      bool          `json:"secret"`
	Description bilingual     `json:"description"`
	Expects     bilingual     `json:"expects" doc:"Which values are accepted"`
}

type settingsList struct {
	Body struct {
		Version string    `json:"version"`
		Items   []setting `json:"items" nullable:"false"`
	}
}

type publicSettings struct {
	Body struct {
		PublicURL    *string `json:"publicURL" doc:"Base of the URLs shown; null when it is taken from each request"`
		Version      string  `json:"version"`
		Instance     string  `json:"instance" doc:"Of the process that answers; another one after each start"`
		Timezone     string  `json:"timezone" doc:"Of the server, as its offset from UTC, such as +08:00"`
		MaxBodyBytes int64   `json:"maxBodyBytes" doc:"Largest request body of any endpoint, decoded"`
		Retention    retains `json:"retention" doc:"How long records are kept where a workflow does not say; null is for ever"`
	}
}

// retains are times that records are kept, as they are written.
type retains struct {
	Succeeded  *string `json:"succeeded" doc:"Executions that succeeded, such as 7d"`
	Failed     *string `json:"failed" doc:"Executions that did not succeed"`
	Deliveries *string `json:"deliveries" doc:"Requests received"`
}

func (a *api) registerSettings() {
	const tag = "settings"
	path := under("settings")
	register(a, operation{
		id: "list-settings", method: http.MethodGet, path: path, tag: tag, role: auth.Admin,
		summary: "List the settings of the process that answers, secrets masked", zh: "当前进程的设置（机密打码）",
	}, a.listSettings)
	register(a, operation{
		id: "get-public-settings", method: http.MethodGet, path: path + "/public", tag: tag, role: auth.Viewer,
		summary: "Read what everybody may know of the settings", zh: "所有用户可见的设置",
	}, a.publicSettings)
	register(a, operation{
		id: "check-settings", method: http.MethodPost, path: path + "/check", tag: tag, role: auth.Admin,
		summary: "Check whether the public URL leads to this server, and whether proxies forward what they should", zh: "检查公开地址能否访问本服务，以及代理转发的请求头是否正确",
	}, a.checkSettings)
	register(a, operation{
		id: "probe", method: http.MethodGet, path: under("probe", "{token}"), tag: tag, status: http.StatusNoContent,
		summary: "Tell a server that checks its public URL that it has found itself", zh: "供服务器检查公开地址时确认访问到的是自身",
	}, a.probe)
}

func (a *api) listSettings(context.Context, *empty) (*settingsList, error) {
	out := &settingsList{}
	out.Body.Version, out.Body.Items = a.Version, make([]setting, len(a.Settings))
	for i := range a.Settings {
		out.Body.Items[i] = settingOf(&a.Settings[i])
	}
	return out, nil
}

func settingOf(e *config.Effective) setting {
	out := setting{
		Name: e.Name, Flag: e.Flag(), Env: e.Variable(), Default: e.Default, DefaultText: bilingual{EN: e.Shown, ZH: e.ShownZh},
		Source: e.Source, Secret: e.Secret, Description: bilingual{EN: e.Doc, ZH: e.Zh}, Expects: bilingual{EN: e.Expects(), ZH: e.ExpectsZh()},
	}
	text := e.Text
	if e.Secret && e.IsSet {
		text = secret.Mask
	}
	if text != "" {
		out.Value = &text
	}
	return out
}

func (a *api) publicSettings(context.Context, *empty) (*publicSettings, error) {
	out := &publicSettings{}
	b := &out.Body
	if a.PublicURL != "" {
		b.PublicURL = &a.PublicURL
	}
	b.Version, b.Instance, b.MaxBodyBytes = a.Version, a.Store.ProcessID(), a.MaxBody
	b.Timezone = a.Clock().Format("-07:00")
	for i := range a.Settings {
		e := &a.Settings[i]
		switch value := settingOf(e).Value; e.Name {
		case "retain-succeeded":
			b.Retention.Succeeded = value
		case "retain-failed":
			b.Retention.Failed = value
		case "retain-deliveries":
			b.Retention.Deliveries = value
		}
	}
	return out, nil
}

// proxyCheck is what the call that asked looks like from here.
type proxyCheck struct {
	Peer     string          `json:"peer" doc:"Address that the connection comes from"`
	Trusted  bool            `json:"trusted" doc:"trusted-proxies names the peer"`
	Headers  []forwardedLine `json:"headers" nullable:"false" doc:"The forwarding headers of the call"`
	ClientIP string          `json:"clientIP" doc:"What the caller's address is taken for"`
	HTTPS    bool            `json:"https" doc:"The caller is taken to use https"`
	Verdict  string          `json:"verdict" enum:"direct,forwarded,untrusted,silent,incomplete" doc:"direct: no proxy; forwarded: all is well; untrusted: its headers are ignored; silent: a trusted proxy says nothing of the caller; incomplete: not what scheme was used"`
	Detail   bilingual       `json:"detail"`
}

type forwardedLine struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

var proxyDetails = map[string]bilingual{
	"direct":     {EN: "The call came directly: no proxy has forwarded it.", ZH: "请求直接到达，未经过代理。"},
	"forwarded":  {EN: "A trusted proxy has forwarded the call, with the address and the scheme of the caller.", ZH: "可信代理转发了请求，并携带了调用方的地址与协议。"},
	"untrusted":  {EN: "The call has forwarding headers, but its peer is not in trusted-proxies: they are ignored. If it is your proxy, add its address there.", ZH: "请求带有转发头，但其来源不在 trusted-proxies 中，因此被忽略。若这是您的代理，请将其地址加入该设置。"},
	"silent":     {EN: "The peer is in trusted-proxies, but forwards no address: all callers look like the proxy. Have it set X-Forwarded-For and X-Forwarded-Proto.", ZH: "来源在 trusted-proxies 中，但未转发地址：所有调用方都显示为该代理。请让代理设置 X-Forwarded-For 与 X-Forwarded-Proto。"},
	"incomplete": {EN: "The proxy forwards the address of the caller, but not whether it uses https. Have it set X-Forwarded-Proto.", ZH: "代理转发了调用方的地址，但未说明是否使用 https。请让代理设置 X-Forwarded-Proto。"},
}

func (a *api) checkProxy(ctx context.Context) proxyCheck {
	e, _ := ctx.Value(exchangeKey{}).(exchange)
	out := proxyCheck{Peer: e.request.RemoteAddr, ClientIP: e.client.IP, HTTPS: e.client.HTTPS, Headers: []forwardedLine{}}
	if at, err := netip.ParseAddrPort(out.Peer); err == nil {
		peer := at.Addr().Unmap()
		out.Peer = peer.String()
		out.Trusted = slices.ContainsFunc(a.Trusted, func(network netip.Prefix) bool { return network.Contains(peer) })
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"} {
		for _, line := range e.request.Header.Values(name) {
			out.Headers = append(out.Headers, forwardedLine{name, line})
		}
	}
	out.Verdict = out.verdict(e.request.Header)
	out.Detail = proxyDetails[out.Verdict]
	return out
}

func (p *proxyCheck) verdict(header http.Header) string {
	forwarded := strings.ToLower(header.Get("Forwarded"))
	switch {
	case !p.Trusted && len(p.Headers) == 0:
		return "direct"
	case !p.Trusted:
		return "untrusted"
	case header.Get("X-Forwarded-For") == "" && !strings.Contains(forwarded, "for="):
		return "silent"
	case header.Get("X-Forwarded-Proto") == "" && !strings.Contains(forwarded, "proto="):
		return "incomplete"
	default:
		return "forwarded"
	}
}
