package api

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
)

// publicURLCheck is what came of calling the public URL.
type publicURLCheck struct {
	URL     string    `json:"url"`
	Set     bool      `json:"set" doc:"It is the setting; otherwise it was taken from the call"`
	Verdict string    `json:"verdict" enum:"ok,unreachable,other" doc:"ok: it leads to this server; unreachable: nothing answers; other: something else answers"`
	Status  int       `json:"status" doc:"HTTP status of the answer; 0 without one"`
	Detail  bilingual `json:"detail"`
}

type settingsCheck struct {
	Body struct {
		PublicURL publicURLCheck `json:"publicURL"`
		Proxy     proxyCheck     `json:"proxy"`
	}
}

const (
	// probeKey is where the token of a check is kept while it runs, for the process that gets the call.
	probeKey     = "probe"
	probeTimeout = 10 * time.Second
	probeAnswer  = 4 << 10 // bytes, most of an answer read
)

func (a *api) checkSettings(ctx context.Context, _ *empty) (*settingsCheck, error) {
	select {
	case a.probing <- struct{}{}:
		defer func() { <-a.probing }()
	default:
		return nil, hookflow.Errorf(hookflow.CodeOverloaded, "the settings are being checked already; try again")
	}
	out := &settingsCheck{}
	out.Body.Proxy = a.checkProxy(ctx)
	var err error
	out.Body.PublicURL, err = a.checkPublicURL(ctx)
	a.audit(ctx, "check", "settings", "")
	return out, err
}

// checkPublicURL calls the probe below the public URL with a token that only this installation knows.
func (a *api) checkPublicURL(ctx context.Context) (publicURLCheck, error) {
	check := publicURLCheck{URL: a.PublicURL, Set: a.PublicURL != ""}
	if !check.Set {
		check.URL = a.addressOfCall(ctx)
	}
	token := rand.Text()
	if err := a.setProbe(ctx, token); err != nil {
		return check, err
	}
	answer, failure := a.HTTP.Do(ctx, node.HTTPRequest{
		Method: http.MethodGet, URL: strings.TrimSuffix(check.URL, "/") + under("probe", token), Timeout: probeTimeout,
		FollowRedirects: true, MaxResponse: probeAnswer,
	})
	if err := a.setProbe(context.WithoutCancel(ctx), ""); err != nil {
		return check, err
	}
	switch {
	case failure != nil:
		check.Verdict = "unreachable"
		check.Detail = bilingual{EN: "The server cannot reach it: " + failure.Error(), ZH: "服务器无法访问该地址：" + failure.Error()}
	case answer.Status == http.StatusNoContent:
		check.Verdict, check.Status = "ok", answer.Status
		check.Detail = bilingual{EN: "It leads to this server.", ZH: "该地址指向本服务器。"}
	default:
		check.Verdict, check.Status = "other", answer.Status
		check.Detail = bilingual{
			EN: "Something answers there, but it is not this server. Compare the setting with your DNS and your proxy.",
			ZH: "该地址有应答，但不是本服务器。请核对该设置、DNS 与代理配置。",
		}
	}
	return check, nil
}

// addressOfCall is the address that the caller has used.
func (a *api) addressOfCall(ctx context.Context) string {
	e, _ := ctx.Value(exchangeKey{}).(exchange)
	if e.client.HTTPS {
		return "https://" + e.request.Host
	}
	return "http://" + e.request.Host
}

func (a *api) setProbe(ctx context.Context, token string) error {
	return a.Store.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(probeKey, token) })
}

func (a *api) probe(ctx context.Context, in *struct {
	Token string `path:"token" maxLength:"64"`
},
) (*empty, error) {
	token, err := a.Store.Meta(ctx, probeKey)
	if err != nil {
		return nil, err
	}
	if token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(in.Token)) != 1 {
		return nil, hookflow.Errorf(hookflow.CodeNotFound, "nobody looks for this server by that name")
	}
	return nil, nil //nolint:nilnil // 204 has no body
}
