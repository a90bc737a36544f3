package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// ChannelView is a channel as it is shown. What others embed is exported: huma passes over the rest.
type ChannelView struct {
	Kind      string          `json:"kind"`
	Key       string          `json:"key"`
	Title     string          `json:"title"`
	Type      string          `json:"type"`
	Config    json.RawMessage `json:"config" doc:"Secrets are shown as ••••"`
	CreatedAt time.Time       `json:"createdAt"`
	UpdatedAt time.Time       `json:"updatedAt"`
}

func channelOf(c notify.Channel) ChannelView {
	return ChannelView{c.Kind, c.Key, c.Title, c.Type, orNull(c.Config), c.CreatedAt.UTC(), c.UpdatedAt.UTC()}
}

type oneChannel struct {
	Status int
	Body   ChannelView
}

// channelTest is a message to try a channel with.
type channelTest struct {
	To       value.Value `json:"to" doc:"A recipient, or a list of them" zh:"接收人，或其列表"`
	Title    string      `json:"title" doc:"Title, or the subject of a mail" zh:"标题，或邮件主题"`
	Text     string      `json:"text" doc:"Plain text; without any content a sentence that says it is a test" zh:"纯文本；没有任何内容时为一句测试用语"`
	Markdown string      `json:"markdown" doc:"Markdown of the provider's kind" zh:"该平台的 Markdown"`
	HTML     string      `json:"html" doc:"HTML of a mail" zh:"邮件的 HTML"`
	Template string      `json:"template" doc:"Template that the provider keeps" zh:"平台上的模板"`
	Params   value.Value `json:"params" doc:"What fills the template in" zh:"模板参数"`
}

// channelAnswer is what came of it.
type channelAnswer struct {
	Body struct {
		OK         bool            `json:"ok" doc:"The provider has taken the message"`
		Status     int             `json:"status" doc:"HTTP status, or SMTP reply code, of the provider; 0 when it did not answer"`
		Body       json.RawMessage `json:"body" doc:"What the provider answered"`
		Error      *string         `json:"error" doc:"null when the message was taken"`
		DurationMS float64         `json:"durationMs"`
	}
}

// maxChannelTests is how many tests of channels run at once.
const maxChannelTests = 4

func (a *api) registerChannels() {
	const tag = "channels"
	path := under("channels")
	register(a, operation{
		id: "list-channels", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the channels by key", zh: "渠道列表",
	}, a.listChannels)
	register(a, operation{
		id: "create-channel", method: http.MethodPost, path: path, tag: tag, role: auth.Admin, body: notify.Channel{}, yaml: true,
		status: http.StatusCreated, summary: "Create a channel", zh: "新建渠道",
	}, a.createChannel)
	register(a, operation{
		id: "get-channel", method: http.MethodGet, path: path + "/{key}", tag: tag, role: auth.Viewer,
		summary: "Read a channel, its secrets masked", zh: "查看渠道（机密打码）",
	}, a.getChannel)
	register(a, operation{
		id: "put-channel", method: http.MethodPut, path: path + "/{key}", tag: tag, role: auth.Admin, body: notify.Channel{}, yaml: true,
		summary: "Create or replace a channel; secrets given as •••• stay as they are", zh: "创建或替换渠道；值为 •••• 的机密保持不变",
	}, a.putChannel)
	register(a, operation{
		id: "delete-channel", method: http.MethodDelete, path: path + "/{key}", tag: tag, role: auth.Admin, status: http.StatusNoContent,
		summary: "Delete a channel", zh: "删除渠道",
	}, a.deleteChannel)
	a.registerChannelTest(path)
	register(a, operation{
		id: "list-channel-types", method: http.MethodGet, path: under("channel-types"), tag: "catalogues", role: auth.Viewer,
		summary: "List the channel types with the JSON Schemas of their configs", zh: "渠道类型及其配置的 JSON Schema",
	}, catalogue(a.ChannelTypes))
}

func (a *api) registerChannelTest(path string) {
	slots := make(chan struct{}, maxChannelTests)
	register(a, operation{
		id: "test-channel", method: http.MethodPost, path: path + "/{key}/test", tag: "channels", role: auth.Editor, body: channelTest{}, optional: true,
		summary: "Send a message through a channel and see what the provider answers", zh: "通过渠道发送一条消息，并返回平台的应答",
	}, func(ctx context.Context, in *struct {
		ByKey
		Raw
	},
	) (*channelAnswer, error) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			return a.testChannel(ctx, in.Key, &in.Raw)
		default:
			return nil, hookflow.Errorf(hookflow.CodeOverloaded, "%d channels are being tested already; try again", maxChannelTests)
		}
	})
}

// listedChannel is a channel in a list.
type listedChannel struct {
	ChannelView
	UsedBy
}

func (a *api) listChannels(ctx context.Context, in *UsageQuery) (*listOf[listedChannel], error) {
	found, err := a.Channels.List(ctx)
	if err != nil {
		return nil, err
	}
	users, err := a.usersOf(ctx, workflow.UsesChannel, in.Usage)
	if err != nil {
		return nil, err
	}
	return paged(&in.Page, found, func(c notify.Channel) listedChannel {
		return listedChannel{channelOf(c), users.of(c.Key)}
	})
}

func (a *api) getChannel(ctx context.Context, in *ByKey) (*oneChannel, error) {
	return a.oneChannel(ctx, in.Key, http.StatusOK)
}

func (a *api) oneChannel(ctx context.Context, key string, status int) (*oneChannel, error) {
	c, err := a.Channels.Get(ctx, key)
	return &oneChannel{status, channelOf(c)}, err
}

func (a *api) createChannel(ctx context.Context, in *Raw) (*oneChannel, error) {
	c, err := readChannel(in, "")
	if err != nil {
		return nil, err
	}
	if err := a.Channels.Create(ctx, c); err != nil {
		return nil, err
	}
	return a.oneChannel(ctx, c.Key, http.StatusCreated)
}

func (a *api) putChannel(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*oneChannel, error) {
	c, err := readChannel(&in.Raw, in.Key)
	if err != nil {
		return nil, err
	}
	created, err := a.Channels.Put(ctx, c)
	if err != nil {
		return nil, err
	}
	return a.oneChannel(ctx, c.Key, putStatus(created))
}

// readChannel reads a channel from a body, in which what an answer adds is
// ignored. A body without a key gets the one given; with one, the two must be
// the same unless the one given is "".
func readChannel(body *Raw, key string) (notify.Channel, error) {
	text, err := body.document()
	if err != nil {
		return notify.Channel{}, err
	}
	v, err := value.Parse(text)
	if err != nil {
		return notify.Channel{}, hookflow.Invalid("the body is not JSON: " + err.Error())
	}
	if v.Kind() == value.KindObject {
		var own value.Object
		if key != "" {
			own.Set("key", value.String(key))
		}
		for name, member := range v.Members() {
			if !slices.Contains([]string{"createdAt", "updatedAt"}, name) {
				own.Set(name, member)
			}
		}
		v = own.Value()
	}
	c, err := decodeValue[notify.Channel](v)
	if err == nil && key != "" && c.Key != key {
		err = hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/key", Detail: "is not the key in the address; a channel keeps its key"})
	}
	return c, err
}

func (a *api) deleteChannel(ctx context.Context, in *ByKey) (*empty, error) {
	return nil, a.Channels.Delete(ctx, in.Key)
}

// testChannel answers 200 whatever the provider says: that is what was asked.
func (a *api) testChannel(ctx context.Context, key string, in *Raw) (*channelAnswer, error) {
	found, err := a.Channels.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	m, err := a.testMessage(in, channel.Lookup(found.Type))
	if err != nil {
		return nil, err
	}
	began := a.Clock()
	answer, failure := a.Channels.Notify(ctx, key, m)
	a.audit(ctx, "test", "channel", key)
	out := &channelAnswer{}
	out.Body.OK, out.Body.Status = failure == nil, answer.Status
	out.Body.DurationMS = float64(a.Clock().Sub(began).Microseconds()) / 1000
	masked, _ := a.Env.Mask(answer.Body)
	out.Body.Body = orNull(masked)
	if failure != nil {
		text := a.Env.Masker().String(failure.Error())
		out.Body.Error = &text
	}
	return out, nil
}

func (a *api) testMessage(in *Raw, typ *channel.Type) (node.Message, error) {
	var test channelTest
	if len(in.RawBody) > 0 {
		var err error
		if test, err = decode[channelTest](in); err != nil {
			return node.Message{}, err
		}
	}
	to, err := node.Recipients(test.To)
	if err != nil {
		return node.Message{}, hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/to", Detail: err.Error()})
	}
	m := node.Message{
		ID: fmt.Sprintf("test/%s", a.Store.IDs().Next()), To: to, Title: test.Title, Text: test.Text,
		Markdown: test.Markdown, HTML: test.HTML, Template: test.Template, Params: test.Params,
	}
	if typ != nil && m.Title+m.Text+m.Markdown+m.HTML+m.Template == "" {
		sayTest(&m, typ.Takes)
	}
	return m, nil
}

// sayTest fills a message in that says nothing.
func sayTest(m *node.Message, takes []channel.Part) {
	if slices.Contains(takes, channel.Title) {
		m.Title = "Hookflow"
	}
	if slices.Contains(takes, channel.Text) {
		m.Text = "This is a test. 这是一条测试消息。"
	}
}
