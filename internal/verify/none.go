package verify

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type noneSettings struct{ Common }

var none = define(definition[noneSettings]{
	key:   "none",
	title: Text{"None", "不验证"},
	doc:   Text{"Anyone who knows the URL may call.", "任何知道该地址的人都可以调用。"},
	provider: Provider{
		Checks: Text{"nothing", "不校验"},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Anyone who finds the URL can send: choose a path that nobody guesses, or an address list.",
				"任何得知该 URL 者均可发送：应使用难以猜测的路径，或限制来源地址。",
			},
		},
	},
	prepare: func(*noneSettings, *value.Tree) (plan[noneSettings], []hookflow.Problem) {
		return plan[noneSettings]{
			judge: func(_ context.Context, _ *Request, _ *noneSettings, v *Verdict) {
				v.pass("none", "every caller is accepted")
			},
			sign:   func(*Signed, *noneSettings) error { return nil },
			recipe: func(s *Signed, _ *noneSettings) *Recipe { return &Recipe{Request: s.Request} },
		}, nil
	},
})
