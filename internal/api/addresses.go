package api

import (
	"context"
	"mime"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/request"
)

type ipRanges struct {
	Ranges []string `json:"ranges" required:"true" doc:"Addresses and CIDRs, IPv4 and IPv6; what is after # is a comment" zh:"IP 与 CIDR（IPv4、IPv6）；# 之后为注释"`
}

type ipSet struct {
	Name      string     `json:"name" doc:"Allow and deny lists refer to it as @name"`
	BuiltIn   bool       `json:"builtIn" doc:"It is always there and cannot be changed"`
	Count     int        `json:"count" doc:"How many ranges it has"`
	Ranges    []string   `json:"ranges,omitempty" doc:"As CIDRs; lists leave them out"`
	UpdatedAt *time.Time `json:"updatedAt" doc:"null for a built-in one"`
}

func ipSetOf(s ipset.Set) ipSet {
	out := ipSet{Name: s.Name, BuiltIn: s.BuiltIn, Count: len(s.Ranges)}
	if !s.BuiltIn {
		at := s.UpdatedAt.UTC()
		out.UpdatedAt = &at
	}
	return out
}

type oneIPSet struct {
	Status int
	Body   ipSet
}

// Admits decides an address by the lists of a workflow's endpoint and says which rule did.
type Admits func(ctx context.Context, workflow string, ip netip.Addr) (rule string, ok bool, err error)

func (a *api) registerAddresses() {
	const tag = "addresses"
	path := under("ip-sets")
	register(a, operation{
		id: "list-ip-sets", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the named sets of addresses", zh: "地址集列表",
	}, a.listIPSets)
	register(a, operation{
		id: "get-ip-set", method: http.MethodGet, path: path + "/{name}", tag: tag, role: auth.Viewer,
		summary: "Read a set of addresses", zh: "查看地址集",
	}, a.getIPSet)
	register(a, operation{
		id: "put-ip-set", method: http.MethodPut, path: path + "/{name}", tag: tag, role: auth.Editor, body: ipRanges{},
		summary: "Fill a set of addresses, as JSON or as a text file of one range a line", zh: "设置地址集（JSON，或每行一个网段的文本文件）",
	}, a.putIPSet)
	a.huma.OpenAPI().Paths[path+"/{name}"].Put.RequestBody.Content["text/plain"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	register(a, operation{
		id: "delete-ip-set", method: http.MethodDelete, path: path + "/{name}", tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Delete a set of addresses", zh: "删除地址集",
	}, a.deleteIPSet)
	register(a, operation{
		id: "test-ip", method: http.MethodPost, path: under("ip-test"), tag: tag, role: auth.Editor, body: ipTest{},
		summary: "See which address is chosen of a request's headers, and what a workflow's lists say to it", zh: "测试：由请求头选出的客户端地址及允许/拒绝规则",
	}, a.testIP)
}

func (a *api) listIPSets(_ context.Context, in *Page) (*listOf[ipSet], error) {
	return paged(in, a.IPSets.List(), ipSetOf)
}

func (a *api) getIPSet(_ context.Context, in *ByName) (*oneIPSet, error) {
	return a.oneIPSet(in.Name, http.StatusOK)
}

func (a *api) oneIPSet(name string, status int) (*oneIPSet, error) {
	s, err := a.IPSets.Get(name)
	if err != nil {
		return nil, err
	}
	out := &oneIPSet{status, ipSetOf(s)}
	out.Body.Ranges = s.Ranges
	return out, nil
}

func (a *api) putIPSet(ctx context.Context, in *struct {
	ByName
	Raw
},
) (*oneIPSet, error) {
	ranges, err := rangesOf(&in.Raw)
	if err != nil {
		return nil, err
	}
	created, err := a.IPSets.Put(ctx, in.Name, ranges)
	if err != nil {
		return nil, err
	}
	return a.oneIPSet(in.Name, putStatus(created))
}

func rangesOf(body *Raw) ([]string, error) {
	if media, _, err := mime.ParseMediaType(body.ContentType); err == nil && media == "text/plain" {
		return ipset.Lines(string(body.RawBody)), nil
	}
	decoded, err := decode[ipRanges](body)
	return decoded.Ranges, err
}

func (a *api) deleteIPSet(ctx context.Context, in *ByName) (*empty, error) {
	return nil, a.IPSets.Delete(ctx, in.Name)
}

type ipTest struct {
	Remote   string            `json:"remote" required:"true" doc:"Address of the connection, with or without its port" zh:"连接的对端地址，可带端口"`
	Headers  map[string]string `json:"headers,omitempty" doc:"X-Forwarded-For or Forwarded, as the request has them" zh:"请求中的 X-Forwarded-For 或 Forwarded"`
	Workflow string            `json:"workflow,omitempty" doc:"Key of the workflow whose lists decide" zh:"由其允许/拒绝列表判定的工作流标识"`
}

type ipHop struct {
	Address string `json:"address"`
	Source  string `json:"source" doc:"connection, X-Forwarded-For or Forwarded"`
	Trusted bool   `json:"trusted" doc:"It is one of the trusted proxies, so that the next line is believed if this one was"`
	Chosen  bool   `json:"chosen"`
}

type ipVerdict struct {
	Body struct {
		Chain   []ipHop `json:"chain" nullable:"false" doc:"From the connection to the farthest hop that the headers name"`
		Address string  `json:"address" doc:"The client, by which lists and rate limits go"`
		Rule    string  `json:"rule" doc:"What decided; empty without a workflow"`
		Allowed *bool   `json:"allowed" doc:"null without a workflow"`
	}
}

func (a *api) testIP(ctx context.Context, in *Raw) (*ipVerdict, error) {
	test, err := decode[ipTest](in)
	if err != nil {
		return nil, err
	}
	var headers []hookflow.Header
	for name, text := range test.Headers {
		headers = append(headers, hookflow.Header{Name: name, Value: text})
	}
	client := request.ClientIP(test.Remote, headers, a.Trusted)
	if !client.IP.IsValid() {
		return nil, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/remote", Detail: "is not an address such as 192.0.2.1 or [2001:db8::1]:443"})
	}
	out := &ipVerdict{}
	for _, hop := range request.Chain(test.Remote, headers, a.Trusted) {
		out.Body.Chain = append(out.Body.Chain, ipHop{hop.Address, hop.Source, hop.Trusted, hop.Client})
	}
	out.Body.Address = client.IP.String()
	if test.Workflow == "" {
		return out, nil
	}
	rule, ok, err := a.Admits(ctx, test.Workflow, client.IP)
	out.Body.Rule, out.Body.Allowed = rule, &ok
	return out, err
}
